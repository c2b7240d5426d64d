// The yardstick of `make bench`: a bare Go server that answers the most frequent requests of the task API.
//
// It verifies the same tokens, reads and writes the same columns with the same statements, and keeps events with the
// task in one transaction. It has nothing else: no limits, no correlation, no metrics, no logs, no validation, no undo.
package main

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const columns = `id, title, description, completed_at, priority, tags, due_at, due_on, time_zone, recurrence_pattern,
	recurrence, reminder_lead_time, series_id, slot, version, created_at, updated_at, deleted_at`

const one = `SELECT ` + columns + ` FROM tasks WHERE user_id = $1 AND id = $2`

const list = `SELECT ` + columns + `, (SELECT coalesce(sum(delta), 0) FROM task_tallies WHERE user_id = $1)
	FROM tasks WHERE user_id = $1 AND deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT $2`

const number = `INSERT INTO accounts (user_id, time_zone, last_task_number) VALUES ($1, 'UTC', 1)
	ON CONFLICT (user_id) DO UPDATE SET last_task_number = accounts.last_task_number + 1 RETURNING last_task_number`

const insert = `INSERT INTO tasks (user_id, id, title, description, priority, tags, time_zone, recurrence_pattern,
	search, version, created_at, updated_at) VALUES ($1, $2, $3, '', 2, '{}', 'UTC', 'none', $4, 1, $5, $5)`

const outbox = `INSERT INTO outbox (topic, key, event_id, body) VALUES ('task-events', $1, $2, $3),
	('task-updates', $1, $4, $5)`

type task struct {
	ID                int             `json:"id"`
	Title             string          `json:"title"`
	Description       string          `json:"description"`
	Status            string          `json:"status"`
	Completed         bool            `json:"completed"`
	CompletedAt       *time.Time      `json:"completed_at"`
	Priority          string          `json:"priority"`
	Tags              []string        `json:"tags"`
	DueDate           any             `json:"due_date"`
	TimeZone          string          `json:"time_zone"`
	RecurrencePattern string          `json:"recurrence_pattern"`
	Recurrence        json.RawMessage `json:"recurrence"`
	ReminderLeadTime  *int            `json:"reminder_lead_time"`
	SeriesID          *uuid.UUID      `json:"series_id"`
	Slot              *int            `json:"slot"`
	Version           int             `json:"version"`
	CreatedAt         time.Time       `json:"created_at"`
	UpdatedAt         time.Time       `json:"updated_at"`
	DeletedAt         *time.Time      `json:"deleted_at"`
}

type server struct {
	pool     *pgxpool.Pool
	key      ed25519.PublicKey
	verified sync.Map
}

func main() {
	config, err := pgxpool.ParseConfig(os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	config.MaxConns = 20
	config.ConnConfig.RuntimeParams = map[string]string{"search_path": "yardstick", "timezone": "UTC"}
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		log.Fatal(err)
	}
	s := &server{pool: pool, key: publicKey(os.Getenv("JWKS"))}
	http.HandleFunc("GET /api/{user}/tasks", s.authorized(s.list))
	http.HandleFunc("POST /api/{user}/tasks", s.authorized(s.create))
	http.HandleFunc("GET /api/{user}/tasks/{id}", s.authorized(s.one))
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}

func publicKey(path string) ed25519.PublicKey {
	content, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	var set struct{ Keys []struct{ X string } }
	if err := json.Unmarshal(content, &set); err != nil {
		log.Fatal(err)
	}
	key, err := base64.RawURLEncoding.DecodeString(set.Keys[0].X)
	if err != nil {
		log.Fatal(err)
	}
	return key
}

type handler func(w http.ResponseWriter, r *http.Request, user string) error

// authorized verifies a token once, as the task API does, and compares its subject with the path's user.
func (s *server) authorized(next handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		user, known := s.verified.Load(token)
		if !known {
			found, err := s.verify(token)
			if err != nil {
				http.Error(w, err.Error(), http.StatusUnauthorized)
				return
			}
			s.verified.Store(token, found)
			user = found
		}
		if user != r.PathValue("user") {
			http.Error(w, "another user", http.StatusForbidden)
			return
		}
		if err := next(w, r, user.(string)); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}
}

func (s *server) verify(token string) (string, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return "", errors.New("no token")
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !ed25519.Verify(s.key, []byte(parts[0]+"."+parts[1]), signature) {
		return "", errors.New("no valid signature")
	}
	content, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return "", err
	}
	var claims struct {
		Sub string
		Exp int64
	}
	if err := json.Unmarshal(content, &claims); err != nil || claims.Exp < time.Now().Unix() {
		return "", errors.New("expired")
	}
	return claims.Sub, nil
}

func (s *server) one(w http.ResponseWriter, r *http.Request, user string) error {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return err
	}
	var found task
	if err := scan(s.pool.QueryRow(r.Context(), one, user, id), &found); err != nil {
		return err
	}
	w.Header().Set("ETag", `"`+strconv.Itoa(found.Version)+`"`)
	return answer(w, http.StatusOK, found)
}

func (s *server) list(w http.ResponseWriter, r *http.Request, user string) error {
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil {
		return err
	}
	rows, err := s.pool.Query(r.Context(), list, user, limit+1)
	if err != nil {
		return err
	}
	defer rows.Close()
	items, total := make([]task, 0, limit+1), 0
	for rows.Next() {
		var found task
		if err := scan(rows, &found, &total); err != nil {
			return err
		}
		items = append(items, found)
	}
	var cursor *string
	if len(items) > limit {
		items = items[:limit]
		last := items[limit-1]
		position, _ := json.Marshal(map[string]any{"v": last.CreatedAt, "i": last.ID})
		encoded := base64.RawURLEncoding.EncodeToString(position)
		cursor = &encoded
	}
	return answer(w, http.StatusOK, map[string]any{"items": items, "next_cursor": cursor, "total": total})
}

func (s *server) create(w http.ResponseWriter, r *http.Request, user string) error {
	var body struct{ Title string }
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		return err
	}
	now := time.Now().UTC()
	made := task{Title: body.Title, Status: "pending", Priority: "Medium", Tags: []string{}, TimeZone: "UTC",
		RecurrencePattern: "none", Version: 1, CreatedAt: now, UpdatedAt: now}
	err := pgx.BeginFunc(r.Context(), s.pool, func(tx pgx.Tx) error {
		if err := tx.QueryRow(r.Context(), number, user).Scan(&made.ID); err != nil {
			return err
		}
		if _, err := tx.Exec(r.Context(), insert, user, made.ID, made.Title, strings.ToLower(made.Title)+"\n\n", now); err != nil {
			return err
		}
		key := user + "/" + strconv.Itoa(made.ID)
		first, second := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
		change := map[string]any{"change": "TaskCreated", "version": 1, "status": "pending"}
		_, err := tx.Exec(r.Context(), outbox, key, first, event(first, "TaskCreated", key, now, made),
			second, event(second, "TaskChanged", key, now, change))
		return err
	})
	if err != nil {
		return err
	}
	w.Header().Set("ETag", `"1"`)
	return answer(w, http.StatusCreated, made)
}

func event(id uuid.UUID, kind, key string, now time.Time, payload any) []byte {
	content, _ := json.Marshal(map[string]any{
		"specversion": "1.0", "id": id, "type": kind, "source": "todo-backend", "subject": key, "time": now,
		"datacontenttype": "application/json",
		"data":            map[string]any{"event_id": id, "event_type": kind, "timestamp": now, "payload": payload},
	})
	return content
}

func scan(row pgx.Row, t *task, more ...any) error {
	var priority int
	var dueAt, dueOn *time.Time
	targets := []any{&t.ID, &t.Title, &t.Description, &t.CompletedAt, &priority, &t.Tags, &dueAt, &dueOn, &t.TimeZone,
		&t.RecurrencePattern, &t.Recurrence, &t.ReminderLeadTime, &t.SeriesID, &t.Slot, &t.Version, &t.CreatedAt,
		&t.UpdatedAt, &t.DeletedAt}
	if err := row.Scan(append(targets, more...)...); err != nil {
		return err
	}
	t.Priority = []string{"High", "None", "Low"}[priority-1]
	t.Completed = t.CompletedAt != nil
	switch {
	case t.DeletedAt != nil:
		t.Status = "deleted"
	case t.Completed:
		t.Status = "completed"
	default:
		t.Status = "pending"
	}
	if dueOn != nil {
		t.DueDate = dueOn.Format(time.DateOnly)
	} else if dueAt != nil {
		t.DueDate = dueAt
	}
	return nil
}

func answer(w http.ResponseWriter, status int, content any) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(content) // fails if the client has gone
	return nil
}
