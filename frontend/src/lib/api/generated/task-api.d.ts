export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health
         * @description Alive. Touches nothing, so that a slow database never gets the process killed.
         */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Subscriptions
         * @description Whether events can be taken; the sidecar's app health check. 503 while the database is known to be away.
         */
        get: operations["subscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ready
         * @description Whether the database answers and the process is not stopping; 503 names what is wrong.
         *
         *     The sidecar is reported and does not decide: only the requests that need it fail without it.
         */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics
         * @description Prometheus metrics.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Settings
         * @description Returns the time zone, the reminders, and how dates and times are read and shown.
         */
        get: operations["get_settings"];
        /**
         * Put Settings
         * @description Replaces the settings. Existing tasks keep their time zone and lead time, but use `all_day_reminder_time`.
         */
        put: operations["put_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Tasks
         * @description Returns a page of tasks. The default `order` is `desc` for `created_at` and `updated_at`, otherwise `asc`.
         */
        get: operations["list_tasks"];
        put?: never;
        /**
         * Create Task
         * @description Creates a task. A repeated request with the same `Idempotency-Key` gets the first answer and creates nothing.
         */
        post: operations["create_task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/tasks/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search Tasks
         * @description Returns matching tasks, best match first. Matches parts of words and ignores case and accents.
         *
         *     If no task contains the words, returns tasks that contain them with two adjacent letters swapped; if there are none
         *     either, tasks with similar words in the title or tags.
         */
        get: operations["search_tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/tasks/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bulk Change
         * @description Runs up to 100 operations in order, each with its own result. A failed one does not affect the others.
         */
        post: operations["bulk_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/tasks/bulk/matching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bulk Change Matching
         * @description Runs an operation for all tasks that match filters, up to 200 in a request: continue with `next_cursor`.
         *
         *     Tasks that were created after the first request are left out.
         */
        post: operations["bulk_change_matching"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Task */
        get: operations["get_task"];
        /**
         * Replace Task
         * @description Replaces the task. Omitted fields are reset to their defaults, except for the time zone, which is kept.
         */
        put: operations["replace_task"];
        post?: never;
        /**
         * Delete Task
         * @description Moves the task to the trash; `restore` brings it back. In a series, skips this occurrence or ends the series.
         */
        delete: operations["delete_task"];
        options?: never;
        head?: never;
        /**
         * Update Task
         * @description Changes the fields in the body.
         *
         *     A change of `recurrence_pattern` or `recurrence` starts a new series at this occurrence. A change of `until`, `mode`
         *     or the time zone alone keeps the series. Changing the rule back returns the task to its former place in its series.
         */
        patch: operations["update_task"];
        trace?: never;
    };
    "/api/{user_id}/tasks/{task_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore Task */
        post: operations["restore_task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/tasks/{task_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Complete Task
         * @description Completes the task. Idempotent. The next occurrence of a recurring task is created shortly afterwards.
         */
        patch: operations["complete_task"];
        trace?: never;
    };
    "/api/{user_id}/tasks/{task_id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Reopen Task
         * @description Reopens the task. Idempotent. Withdraws the next occurrence, unless it was changed.
         */
        patch: operations["reopen_task"];
        trace?: never;
    };
    "/api/{user_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo Step
         * @description Undoes all changes of a step, or none. Idempotent. An app can undo only its own steps.
         */
        post: operations["undo_step"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/redo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redo Step
         * @description Redoes all changes of a step that was undone, or none. Idempotent. It can be undone again as the same step.
         */
        post: operations["redo_step"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/tags/color": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Tag Color
         * @description Sets the colour of a tag, whatever its spelling; null resets it.
         */
        put: operations["set_tag_color"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Overview
         * @description Returns the number of open tasks by view and by tag.
         */
        get: operations["get_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Statistics
         * @description Returns the completed tasks by day and priority, in the user's time zone, the open tasks and the streaks.
         */
        get: operations["get_statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/tasks/parse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Parse Task
         * @description Parse a typed task, and return which words mean what. Nothing is saved.
         */
        post: operations["parse_task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow Events
         * @description Server-sent events: `TaskChanged`, `NotificationCreated`, `NotificationRead`, each with the id to resume from.
         *
         *     `ready` comes first. `reset` replaces it if the log cannot resume after `Last-Event-ID`: load everything again.
         */
        get: operations["follow_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Assistant
         * @description Returns the model that answers, or `rules` if no provider is configured.
         */
        get: operations["get_assistant"];
        put?: never;
        /**
         * Chat
         * @description Sends a message, or the decision on an approval, and returns the assistant's answer. Conversations are stored.
         */
        post: operations["chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/chatkit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Chatkit
         * @description ChatKit's protocol: server-sent events for requests that the assistant answers, JSON for all others.
         */
        post: operations["chatkit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Export Account
         * @description Returns everything that the suite has of the user, as JSON files in a ZIP file.
         */
        post: operations["export_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/tasks/{task_id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Snooze Reminder
         * @description Sends the reminder of a task again at a later time. The due date stays as it is.
         */
        post: operations["snooze_reminder"];
        /**
         * Cancel Snooze
         * @description Does not send the reminder of a task again. It can be snoozed again.
         */
        delete: operations["cancel_snooze"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/snoozes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Snoozes
         * @description Lists the reminders that will be sent again, by time.
         */
        get: operations["list_snoozes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/occurrences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ensure Occurrence
         * @description Called by the recurring-tasks service. Idempotent.
         */
        post: operations["ensure_occurrence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/digests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get Digest
         * @description Called by the notification service. Reads only.
         */
        post: operations["get_digest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Alternative
         * @description `fields` override those of the response. A `title` among them replaces the title of the response.
         */
        Alternative: {
            /** Label */
            label: string;
            fields: components["schemas"]["UnderstoodFields"];
        };
        /**
         * Ambiguity
         * @description Words with several readings. The response uses the alternative at index `chosen`.
         */
        Ambiguity: {
            /**
             * Field
             * @enum {string}
             */
            field: "due_date" | "recurrence" | "priority" | "tags" | "reminder";
            /** Start */
            start: number;
            /** End */
            end: number;
            /** Text */
            text: string;
            /** Question */
            question: string;
            /** Alternatives */
            alternatives: components["schemas"]["Alternative"][];
            /** Chosen */
            chosen: number;
        };
        /**
         * Approval
         * @description Calls that the assistant executes only after a request with `approval: {id, approved}`.
         */
        Approval: {
            /** Id */
            id: string;
            /** Question */
            question: string;
            /** Calls */
            calls: components["schemas"]["ToolCall"][];
        };
        /**
         * AssistantInfo
         * @description `rules` means that no provider is configured: only simple requests are understood.
         */
        AssistantInfo: {
            /** Model */
            model: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "rules" | "provider";
        };
        /** BulkAnswer */
        BulkAnswer: {
            /** Results */
            results: components["schemas"]["BulkResult"][];
            /** Succeeded */
            succeeded: number;
            /** Failed */
            failed: number;
        };
        /**
         * BulkFailure
         * @description `error` has the problem details.
         */
        BulkFailure: {
            /** Id */
            id: number;
            /** Error */
            error: {
                [key: string]: unknown;
            };
        };
        /**
         * BulkMatching
         * @description An operation for all tasks that match the filters. `data` and `scope` are those of a bulk operation.
         *
         *     `limit` is the number of tasks of one request. Send `next_cursor` as `cursor` until it is null, with one `Undo-Step`
         *     for all requests.
         */
        BulkMatching: {
            /**
             * Status
             * @description `overdue`: the due time, or the day of an all-day task, has passed. `today`: due on this day, passed or not. `upcoming`: has a due date and is not overdue. `due`: overdue or today. `dated`: overdue or upcoming. These five are open tasks, as `pending`. `all`: everything that is not deleted
             * @default all
             * @enum {string}
             */
            status: "pending" | "completed" | "overdue" | "today" | "upcoming" | "due" | "dated" | "deleted" | "all";
            /** Priority */
            priority?: ("High" | "Medium" | "Low" | "None")[] | null;
            /** Tags */
            tags?: string[] | null;
            /**
             * Tags Match
             * @default any
             * @enum {string}
             */
            tags_match: "any" | "all";
            /**
             * Due After
             * @description Inclusive; without an offset in the person's zone
             */
            due_after?: string | null;
            /**
             * Due Before
             * @description Exclusive; without an offset in the person's zone
             */
            due_before?: string | null;
            /** Series Id */
            series_id?: string | null;
            /**
             * Limit
             * @default 200
             */
            limit: number;
            /**
             * Cursor
             * @description `next_cursor` of the page before
             */
            cursor?: string | null;
            /**
             * Op
             * @enum {string}
             */
            op: "update" | "retag" | "complete" | "reopen" | "delete" | "restore" | "purge";
            /** Data */
            data?: {
                [key: string]: unknown;
            } | null;
            /**
             * Scope
             * @default this
             * @enum {string}
             */
            scope: "this" | "series";
            /**
             * Excluded
             * @description Tasks to leave as they are
             * @default []
             */
            excluded: number[];
        };
        /**
         * BulkMatchingAnswer
         * @description `processed` is the number of tasks of this request, with the failed ones.
         */
        BulkMatchingAnswer: {
            /** Processed */
            processed: number;
            /** Failures */
            failures: components["schemas"]["BulkFailure"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * BulkOperation
         * @description `data` is the task for `create`, the changes for `update`, and `add` and `remove` (lists of tags) for `retag`.
         *
         *     Other operations take no `data`, and `create` takes no `id`.
         *     `if_match` is the expected version. `purge` deletes a task of the trash for good, which cannot be undone.
         */
        BulkOperation: {
            /**
             * Op
             * @enum {string}
             */
            op: "create" | "update" | "retag" | "complete" | "reopen" | "delete" | "restore" | "purge";
            /** Id */
            id?: number | null;
            /** Data */
            data?: {
                [key: string]: unknown;
            } | null;
            /** If Match */
            if_match?: number | null;
            /**
             * Scope
             * @default this
             * @enum {string}
             */
            scope: "this" | "series";
        };
        /** BulkRequest */
        BulkRequest: {
            /** Operations */
            operations: components["schemas"]["BulkOperation"][];
        };
        /**
         * BulkResult
         * @description `status` is the HTTP status of the operation as a single request, except that `delete` has 200 and the task.
         *
         *     `error` has the problem details of a failed operation.
         */
        BulkResult: {
            /** Index */
            index: number;
            /** Op */
            op: string;
            /** Status */
            status: number;
            task: components["schemas"]["TaskOut"] | null;
            /** Error */
            error: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * ChatAnswer
         * @description `response` may be empty while an approval is pending. `tool_calls` are the calls made for this request, including
         *     those it approved. `model` is the model that answered, or `rules` if no provider is configured.
         */
        ChatAnswer: {
            /** Conversation Id */
            conversation_id: string;
            /** Response */
            response: string;
            /** Tool Calls */
            tool_calls: components["schemas"]["ToolCall"][];
            /** Approvals */
            approvals: components["schemas"]["Approval"][];
            /** Model */
            model: string;
        };
        /**
         * ChatRequest
         * @description A message, or the decision on an approval. Without `conversation_id`, a new conversation begins.
         */
        ChatRequest: {
            /** Conversation Id */
            conversation_id?: string | null;
            /** Message */
            message?: string | null;
            approval?: components["schemas"]["Decision"] | null;
        };
        /** DayCounts */
        DayCounts: {
            /**
             * High
             * @default 0
             */
            high: number;
            /**
             * Medium
             * @default 0
             */
            medium: number;
            /**
             * Low
             * @default 0
             */
            low: number;
            /**
             * None
             * @default 0
             */
            none: number;
            /**
             * Day
             * Format: date
             */
            day: string;
        };
        /** Decision */
        Decision: {
            /**
             * Id
             * @description Of one of the answer's `approvals`
             */
            id: string;
            /** Approved */
            approved: boolean;
        };
        /**
         * Digest
         * @description The first tasks of both kinds, and how many there are.
         */
        Digest: {
            /** Overdue */
            overdue: components["schemas"]["DigestTask"][];
            /** Today */
            today: components["schemas"]["DigestTask"][];
            /** Overdue Count */
            overdue_count: number;
            /** Today Count */
            today_count: number;
        };
        /** DigestRequest */
        DigestRequest: {
            /** User Id */
            user_id: string;
        };
        /**
         * DigestTask
         * @description `due`: the time of a task of today, or the day of an overdue one; empty for an all-day task of today.
         */
        DigestTask: {
            /** Title */
            title: string;
            /** Due */
            due: string;
        };
        /**
         * ExportIn
         * @description `account`: a token of `/api/auth/account-statement`, in which the sign-in server states what it has.
         */
        ExportIn: {
            /** Account */
            account: string;
        };
        /** FieldError */
        FieldError: {
            /** Field */
            field: string;
            /** Message */
            message: string;
        };
        /** Health */
        Health: {
            /** Status */
            status: string;
        };
        /**
         * Match
         * @description Words that were understood. Several matches may set one field, such as a day and a time.
         */
        Match: {
            /**
             * Field
             * @enum {string}
             */
            field: "due_date" | "recurrence" | "priority" | "tags" | "reminder";
            /** Start */
            start: number;
            /** End */
            end: number;
            /** Text */
            text: string;
            /** Value */
            value: unknown;
            /** Label */
            label: string;
        };
        /**
         * OccurrenceAnswer
         * @description `not_needed`: before the request arrived, the task was reopened or its series changed or ended.
         */
        OccurrenceAnswer: {
            /**
             * Result
             * @enum {string}
             */
            result: "created" | "brought_back" | "existing" | "not_needed";
            /** Task Id */
            task_id: number | null;
        };
        /**
         * OccurrenceRequest
         * @description Requests the occurrence `slot` of a series, because `task_id` was completed or skipped. Idempotent.
         */
        OccurrenceRequest: {
            /** User Id */
            user_id: string;
            /**
             * Series Id
             * Format: uuid
             */
            series_id: string;
            /** Task Id */
            task_id: number;
            /** Slot */
            slot: number;
            /**
             * Due Date
             * @description RFC 3339; without an offset local to the time zone; a plain date for all day
             */
            due_date: string;
        };
        /**
         * Overview
         * @description Counts of open tasks, by the value of the filter `status` with the same name (`open` counts `pending`).
         *
         *     Days are in the user's time zone. `changes_at`: when a task becomes overdue or the day ends. Until then only a
         *     change of a task changes the counts.
         */
        Overview: {
            /** Open */
            open: number;
            /** Today */
            today: number;
            /** Overdue */
            overdue: number;
            /** Upcoming */
            upcoming: number;
            /** Due */
            due: number;
            /** Dated */
            dated: number;
            /**
             * Changes At
             * Format: date-time
             */
            changes_at: string;
            /** Tags */
            tags: components["schemas"]["TagCount"][];
            /**
             * Tag Colors
             * @description Chosen colours by tag, in lower case (NFC)
             */
            tag_colors: {
                [key: string]: "blue" | "green" | "red" | "amber" | "violet" | "teal" | "pink" | "gray" | "orange" | "lime";
            };
        };
        /**
         * ParseRequest
         * @description `literal` lists phrases to keep as words of the title, such as those that the user has dismissed.
         */
        ParseRequest: {
            /** Text */
            text: string;
            /**
             * Time Zone
             * @description Without one, that of the person's settings
             */
            time_zone?: string | null;
            /**
             * Locale
             * @description BCP 47: the language, which of 3/4 is the month, when weeks begin; without one, the settings
             */
            locale?: string | null;
            /**
             * Now
             * @description When the text was typed, if not just now: what “tomorrow” is counted from
             */
            now?: string | null;
            /**
             * Task Id
             * @description The task that the text changes: the answer has the fields for PATCH
             */
            task_id?: number | null;
            /**
             * Literal
             * @default []
             */
            literal: string[];
        };
        /** PendingSnooze */
        PendingSnooze: {
            /** Task Id */
            task_id: number;
            /**
             * Until
             * Format: date-time
             */
            until: string;
            /** Title */
            title: string;
        };
        /** PendingSnoozes */
        PendingSnoozes: {
            /** Items */
            items: components["schemas"]["PendingSnooze"][];
        };
        /** PriorityCounts */
        PriorityCounts: {
            /**
             * High
             * @default 0
             */
            high: number;
            /**
             * Medium
             * @default 0
             */
            medium: number;
            /**
             * Low
             * @default 0
             */
            low: number;
            /**
             * None
             * @default 0
             */
            none: number;
        };
        /**
         * ProblemDetails
         * @description The body of every error answer (`application/problem+json`, RFC 9457).
         */
        ProblemDetails: {
            /** Type */
            type: string;
            /** Title */
            title: string;
            /** Status */
            status: number;
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /** Errors */
            errors?: components["schemas"]["FieldError"][] | null;
        } & {
            [key: string]: unknown;
        };
        /** Readiness */
        Readiness: {
            /** Status */
            status: string;
            /** Checks */
            checks: {
                [key: string]: string;
            };
        };
        /**
         * Recurrence
         * @description The details of a recurrence pattern. `until` is inclusive; `count` counts the first occurrence.
         *
         *     `weekdays` are for the weekly pattern, or with an ordinal for monthly and yearly (`2TU`, `-1FR`). `workday` is the
         *     n-th day from Monday to Friday of the month. Negative numbers count from the end of the month. `times` are all times
         *     of each day. `rrule` is an RFC 5545 rule, instead of all other details and of `recurrence_pattern`.
         */
        "Recurrence-Input": {
            /**
             * Interval
             * @default 1
             */
            interval: number;
            /**
             * Weekdays
             * @default []
             */
            weekdays: string[];
            /**
             * Month Days
             * @default []
             */
            month_days: number[];
            /**
             * Months
             * @default []
             */
            months: number[];
            /** Workday */
            workday?: number | null;
            /**
             * Last Day
             * @default false
             */
            last_day: boolean;
            /**
             * Times
             * @default []
             */
            times: string[];
            /**
             * Skip
             * @default backward
             * @enum {string}
             */
            skip: "backward" | "omit";
            /**
             * Excluded Dates
             * @default []
             */
            excluded_dates: string[];
            /** Until */
            until?: string | null;
            /** Count */
            count?: number | null;
            /**
             * Mode
             * @default schedule
             * @enum {string}
             */
            mode: "schedule" | "completion";
            /** Rrule */
            rrule?: string | null;
        };
        /**
         * Recurrence
         * @description The details of a recurrence pattern. `until` is inclusive; `count` counts the first occurrence.
         *
         *     `weekdays` are for the weekly pattern, or with an ordinal for monthly and yearly (`2TU`, `-1FR`). `workday` is the
         *     n-th day from Monday to Friday of the month. Negative numbers count from the end of the month. `times` are all times
         *     of each day. `rrule` is an RFC 5545 rule, instead of all other details and of `recurrence_pattern`.
         */
        "Recurrence-Output": {
            /**
             * Interval
             * @default 1
             */
            interval: number;
            /**
             * Weekdays
             * @default []
             */
            weekdays: string[];
            /**
             * Month Days
             * @default []
             */
            month_days: number[];
            /**
             * Months
             * @default []
             */
            months: number[];
            /** Workday */
            workday?: number | null;
            /**
             * Last Day
             * @default false
             */
            last_day: boolean;
            /**
             * Times
             * @default []
             */
            times: string[];
            /**
             * Skip
             * @default backward
             * @enum {string}
             */
            skip: "backward" | "omit";
            /**
             * Excluded Dates
             * @default []
             */
            excluded_dates: string[];
            /** Until */
            until?: (string) | null;
            /** Count */
            count?: number | null;
            /**
             * Mode
             * @default schedule
             * @enum {string}
             */
            mode: "schedule" | "completion";
        };
        /**
         * RedoAnswer
         * @description `redone` describes the changes, in their order; `tasks` are the affected tasks in their current state.
         */
        RedoAnswer: {
            /** Redone */
            redone: string[];
            /** Tasks */
            tasks: components["schemas"]["TaskOut"][];
        };
        /**
         * RedoRequest
         * @description `step` is the step that was undone.
         */
        RedoRequest: {
            /** Step */
            step: string;
        };
        /**
         * Reminder
         * @description Minutes before the due date, a time of day on an earlier day, or an instant. One of these.
         */
        "Reminder-Input": {
            /**
             * Minutes Before
             * @description Of an all-day task: before the user's time for reminders
             */
            minutes_before?: number | null;
            /**
             * Days Before
             * @description Days before the due day
             */
            days_before?: number | null;
            /**
             * Time
             * @description On that day, in the time zone of the task
             */
            time?: string | null;
            /** At */
            at?: string | null;
        };
        "Reminder-Output": components["schemas"]["WrittenReminder"];
        /**
         * Snooze
         * @description When the reminder is sent again: after some minutes, at an instant, or at a time in words. One of them.
         */
        Snooze: {
            /** Minutes */
            minutes?: number | null;
            /**
             * Until
             * @description At most 366 days from now
             */
            until?: string | null;
            /**
             * When
             * @description Such as “tomorrow 9am” or “2 hours”; a day without a time means the user's time for all-day reminders
             */
            when?: string | null;
        };
        /** Snoozed */
        Snoozed: {
            /** Task Id */
            task_id: number;
            /**
             * Until
             * Format: date-time
             */
            until: string;
        };
        /**
         * Statistics
         * @description `completed` has an entry for each requested day; the last one is today.
         *
         *     A streak is a run of consecutive days with a completed task, within the last year. Today does not end the current
         *     streak before the day is over.
         */
        Statistics: {
            /** Time Zone */
            time_zone: string;
            /** Completed */
            completed: components["schemas"]["DayCounts"][];
            open: components["schemas"]["PriorityCounts"];
            /** Overdue */
            overdue: number;
            /** Current Streak */
            current_streak: number;
            /** Longest Streak */
            longest_streak: number;
        };
        /** TagColorIn */
        TagColorIn: {
            /** Name */
            name: string;
            /**
             * Color
             * @description null: the colour that clients derive from the name
             */
            color: ("blue" | "green" | "red" | "amber" | "violet" | "teal" | "pink" | "gray" | "orange" | "lime") | null;
        };
        /** TagCount */
        TagCount: {
            /** Name */
            name: string;
            /** Open */
            open: number;
        };
        /**
         * TaskCreate
         * @description A new task or, for PUT, all fields of a task. Omitted fields have their defaults.
         */
        TaskCreate: {
            /** Title */
            title: string;
            /**
             * Description
             * @default
             */
            description: string;
            /**
             * Priority
             * @default None
             * @enum {string}
             */
            priority: "High" | "Medium" | "Low" | "None";
            /**
             * Tags
             * @default []
             */
            tags: string[];
            /** Due Date */
            due_date?: string | null;
            /** Time Zone */
            time_zone?: string | null;
            /**
             * Recurrence Pattern
             * @default none
             * @enum {string}
             */
            recurrence_pattern: "none" | "hourly" | "daily" | "weekly" | "monthly" | "yearly";
            recurrence?: components["schemas"]["Recurrence-Input"] | null;
            /**
             * Reminder Lead Time
             * @description Minutes before the due date
             */
            reminder_lead_time?: number | null;
            /**
             * Reminders
             * @description All reminders. The first one in minutes is also `reminder_lead_time`; null there removes all in minutes
             */
            reminders?: components["schemas"]["Reminder-Input"][] | null;
            /**
             * Position
             * @description A place between those of two other tasks, as `fractional-indexing` computes it. With null, or with another day and no position, the task gets the place of its due date and number
             */
            position?: string | null;
        };
        /** TaskOut */
        TaskOut: {
            /** Id */
            id: number;
            /** Title */
            title: string;
            /** Description */
            description: string;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "completed" | "deleted";
            /** Completed */
            completed: boolean;
            /** Completed At */
            completed_at: string | null;
            /**
             * Priority
             * @enum {string}
             */
            priority: "High" | "Medium" | "Low" | "None";
            /** Tags */
            tags: string[];
            /** Due Date */
            due_date: string | null;
            /** Time Zone */
            time_zone: string;
            /**
             * Recurrence Pattern
             * @enum {string}
             */
            recurrence_pattern: "none" | "hourly" | "daily" | "weekly" | "monthly" | "yearly";
            recurrence: components["schemas"]["Recurrence-Output"] | null;
            /**
             * Rrule
             * @description The rule as RFC 5545 text; null if it cannot be written so
             */
            rrule: string | null;
            /**
             * Anchor
             * @description Where the dates of the series are counted from: the DTSTART of `rrule`, local to `time_zone`
             */
            anchor: string | null;
            /** Reminder Lead Time */
            reminder_lead_time: number | null;
            /** Reminders */
            reminders: components["schemas"]["Reminder-Output"][];
            /**
             * Position
             * @description The place in lists sorted by `position`, compared by bytes
             */
            position: string;
            /** Series Id */
            series_id: string | null;
            /** Slot */
            slot: number | null;
            /** Version */
            version: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Deleted At */
            deleted_at: string | null;
        };
        /** TaskPage */
        TaskPage: {
            /** Items */
            items: components["schemas"]["TaskOut"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Total */
            total: number;
        };
        /**
         * TaskPatch
         * @description The fields to change. Omitted fields are kept, and so is what `when` does not mention.
         */
        TaskPatch: {
            /** Title */
            title?: string | null;
            /** Description */
            description?: string | null;
            /** Priority */
            priority?: ("High" | "Medium" | "Low" | "None") | null;
            /** Tags */
            tags?: string[] | null;
            /** Due Date */
            due_date?: string | null;
            /** Time Zone */
            time_zone?: string | null;
            /** Recurrence Pattern */
            recurrence_pattern?: ("none" | "hourly" | "daily" | "weekly" | "monthly" | "yearly") | null;
            recurrence?: components["schemas"]["Recurrence-Input"] | null;
            /**
             * Reminder Lead Time
             * @description Minutes before the due date
             */
            reminder_lead_time?: number | null;
            /**
             * Reminders
             * @description All reminders. The first one in minutes is also `reminder_lead_time`; null there removes all in minutes
             */
            reminders?: components["schemas"]["Reminder-Input"][] | null;
            /**
             * Position
             * @description A place between those of two other tasks, as `fractional-indexing` computes it. With null, or with another day and no position, the task gets the place of its due date and number
             */
            position?: string | null;
            /**
             * When
             * @description Date, repetition and reminder in words, on the clock of the account: `at 16:00` keeps the day, `friday` the time, `next week` the weekday, `+2 days` moves the due date
             */
            when?: string | null;
        };
        /** ToolCall */
        ToolCall: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Arguments */
            arguments: {
                [key: string]: unknown;
            };
            /** Output */
            output: unknown;
        };
        /**
         * Understood
         * @description `title` is the rest of the text; it may be empty.
         */
        Understood: {
            /** Title */
            title: string;
            fields: components["schemas"]["UnderstoodFields"];
            /** Matches */
            matches: components["schemas"]["Match"][];
            /** Ambiguities */
            ambiguities: components["schemas"]["Ambiguity"][];
            /**
             * Certain
             * @description Whether there are no ambiguities: a script need not ask
             */
            certain: boolean;
        };
        /**
         * UnderstoodFields
         * @description Fields of a task, as `POST /tasks` accepts them. Fields that the text does not set are omitted.
         */
        UnderstoodFields: {
            /**
             * Title
             * @default
             */
            title: string;
            /**
             * Due Date
             * @description Local to `time_zone`; a plain date for all day
             */
            due_date?: string | null;
            /** Time Zone */
            time_zone?: string | null;
            /**
             * Recurrence Pattern
             * @default none
             * @enum {string}
             */
            recurrence_pattern: "none" | "hourly" | "daily" | "weekly" | "monthly" | "yearly";
            recurrence?: components["schemas"]["Recurrence-Output"] | null;
            /** Reminder Lead Time */
            reminder_lead_time?: number | null;
            /**
             * Reminders
             * @description All, if the lead time does not say them
             */
            reminders?: components["schemas"]["Reminder-Output"][] | null;
            /**
             * Priority
             * @default None
             * @enum {string}
             */
            priority: "High" | "Medium" | "Low" | "None";
            /**
             * Tags
             * @default []
             */
            tags: string[];
        };
        /**
         * UndoAnswer
         * @description `undone` describes the undone changes, newest first; `tasks` are the affected tasks in their current state.
         */
        UndoAnswer: {
            /** Undone */
            undone: string[];
            /** Tasks */
            tasks: components["schemas"]["TaskOut"][];
        };
        /**
         * UndoRequest
         * @description `step` is the value of the `Undo-Step` header in the response to the change.
         */
        UndoRequest: {
            /** Step */
            step: string;
        };
        /**
         * UserSettings
         * @description `default_reminder_lead_time`: minutes before the due time, for new timed tasks; null for no reminder.
         *
         *     `all_day_reminder_time`: when reminders of all-day tasks are sent, `HH:MM` in the task's time zone.
         */
        UserSettings: {
            /** Time Zone */
            time_zone: string;
            /**
             * Default Reminder Lead Time
             * @description Minutes before the due date
             */
            default_reminder_lead_time?: number | null;
            /**
             * All Day Reminder Time
             * @default 09:00
             * @example 09:00
             */
            all_day_reminder_time: string;
            /**
             * Locale
             * @description BCP 47, such as en-US; null: from the client
             */
            locale?: string | null;
            /**
             * Week Start
             * @description First day of the week; null: from the locale
             */
            week_start?: ("MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU") | null;
            /**
             * Hour Cycle
             * @description 12 or 24 hours; null: from the locale
             */
            hour_cycle?: ("h12" | "h23") | null;
        };
        /**
         * WrittenReminder
         * @description As in answers and events: only what is given.
         */
        WrittenReminder: {
            /** Minutes Before */
            minutes_before?: number;
            /** Days Before */
            days_before?: number;
            /**
             * Time
             * @example 09:00
             */
            time?: string;
            /**
             * At
             * Format: date-time
             */
            at?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    subscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    get_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserSettings"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    put_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserSettings"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserSettings"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    list_tasks: {
        parameters: {
            query?: {
                /** @description `overdue`: the due time, or the day of an all-day task, has passed. `today`: due on this day, passed or not. `upcoming`: has a due date and is not overdue. `due`: overdue or today. `dated`: overdue or upcoming. These five are open tasks, as `pending`. `all`: everything that is not deleted */
                status?: "pending" | "completed" | "overdue" | "today" | "upcoming" | "due" | "dated" | "deleted" | "all";
                priority?: ("High" | "Medium" | "Low" | "None")[] | null;
                tags?: string[] | null;
                tags_match?: "any" | "all";
                /** @description Inclusive; without an offset in the person's zone */
                due_after?: string | null;
                /** @description Exclusive; without an offset in the person's zone */
                due_before?: string | null;
                series_id?: string | null;
                limit?: number;
                /** @description `next_cursor` of the page before */
                cursor?: string | null;
                sort?: "position" | "due_date" | "priority" | "created_at" | "updated_at" | "title";
                order?: ("asc" | "desc") | null;
            };
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    create_task: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
                /** @description A UUID of the client, to undo several requests at once */
                "Undo-Step"?: string | null;
            };
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description The step that `POST …/undo` takes; absent when nothing has changed */
                    "Undo-Step"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The Idempotency-Key was used for another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    search_tasks: {
        parameters: {
            query: {
                /** @description `overdue`: the due time, or the day of an all-day task, has passed. `today`: due on this day, passed or not. `upcoming`: has a due date and is not overdue. `due`: overdue or today. `dated`: overdue or upcoming. These five are open tasks, as `pending`. `all`: everything that is not deleted */
                status?: "pending" | "completed" | "overdue" | "today" | "upcoming" | "due" | "dated" | "deleted" | "all";
                priority?: ("High" | "Medium" | "Low" | "None")[] | null;
                tags?: string[] | null;
                tags_match?: "any" | "all";
                /** @description Inclusive; without an offset in the person's zone */
                due_after?: string | null;
                /** @description Exclusive; without an offset in the person's zone */
                due_before?: string | null;
                series_id?: string | null;
                limit?: number;
                /** @description `next_cursor` of the page before */
                cursor?: string | null;
                q: string;
            };
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    bulk_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client, to undo several requests at once */
                "Undo-Step"?: string | null;
            };
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description The step that `POST …/undo` takes; absent when nothing has changed */
                    "Undo-Step"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    bulk_change_matching: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client, to undo several requests at once */
                "Undo-Step"?: string | null;
            };
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkMatching"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description The step that `POST …/undo` takes; absent when nothing has changed */
                    "Undo-Step"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkMatchingAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    get_task: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: string | null;
            };
            path: {
                /** @description The task's number, counted per user */
                task_id: number;
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            /** @description Unchanged */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description There is no such task */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    replace_task: {
        parameters: {
            query?: {
                /** @description this occurrence alone, or its series from here on */
                scope?: "this" | "series";
            };
            header?: {
                /** @description A UUID of the client, to undo several requests at once */
                "Undo-Step"?: string | null;
                "If-Match"?: string | null;
            };
            path: {
                /** @description The task's number, counted per user */
                task_id: number;
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description The step that `POST …/undo` takes; absent when nothing has changed */
                    "Undo-Step"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description There is no such task */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The task is at another version than If-Match says */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    delete_task: {
        parameters: {
            query?: {
                /** @description this occurrence alone, or its series from here on */
                scope?: "this" | "series";
            };
            header?: {
                /** @description A UUID of the client, to undo several requests at once */
                "Undo-Step"?: string | null;
                "If-Match"?: string | null;
            };
            path: {
                /** @description The task's number, counted per user */
                task_id: number;
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    /** @description The step that `POST …/undo` takes; absent when nothing has changed */
                    "Undo-Step"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description There is no such task */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The task is at another version than If-Match says */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    update_task: {
        parameters: {
            query?: {
                /** @description this occurrence alone, or its series from here on */
                scope?: "this" | "series";
            };
            header?: {
                /** @description A UUID of the client, to undo several requests at once */
                "Undo-Step"?: string | null;
                "If-Match"?: string | null;
            };
            path: {
                /** @description The task's number, counted per user */
                task_id: number;
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description The step that `POST …/undo` takes; absent when nothing has changed */
                    "Undo-Step"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description There is no such task */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The task is at another version than If-Match says */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    restore_task: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client, to undo several requests at once */
                "Undo-Step"?: string | null;
                "If-Match"?: string | null;
            };
            path: {
                /** @description The task's number, counted per user */
                task_id: number;
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description The step that `POST …/undo` takes; absent when nothing has changed */
                    "Undo-Step"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description There is no such task */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The task is at another version than If-Match says */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    complete_task: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client, to undo several requests at once */
                "Undo-Step"?: string | null;
                "If-Match"?: string | null;
            };
            path: {
                /** @description The task's number, counted per user */
                task_id: number;
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description The step that `POST …/undo` takes; absent when nothing has changed */
                    "Undo-Step"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description There is no such task */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The task is at another version than If-Match says */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    reopen_task: {
        parameters: {
            query?: never;
            header?: {
                /** @description A UUID of the client, to undo several requests at once */
                "Undo-Step"?: string | null;
                "If-Match"?: string | null;
            };
            path: {
                /** @description The task's number, counted per user */
                task_id: number;
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description The step that `POST …/undo` takes; absent when nothing has changed */
                    "Undo-Step"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description There is no such task */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The task is at another version than If-Match says */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    undo_step: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UndoRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description There is no such step, it is too old, or another app has made it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Tasks of the step were changed since (`tasks` has their numbers) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    redo_step: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RedoRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedoAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description There is no such step that was undone, it is too old, or another app has made it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Tasks of the step were changed since the undo (`tasks` has their numbers) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    set_tag_color: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagColorIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too many tags have a colour of their own */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    get_overview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    get_statistics: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    parse_task: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ParseRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Understood"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description There is no such task */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    follow_events: {
        parameters: {
            query?: never;
            header?: {
                /** @description What the page had last */
                "Last-Event-ID"?: number | null;
            };
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An endless stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too many streams are open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    get_assistant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssistantInfo"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    chat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description There is no such conversation, or it has not asked that */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The person has said as much as is answered in a minute or a day */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    chatkit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        /** @description A request of ChatKit's protocol, whose Python SDK defines `params` for each `type`. */
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    type: "items.list" | "threads.add_user_message" | "threads.create" | "threads.custom_action" | "threads.delete" | "threads.get_by_id" | "threads.list" | "threads.retry_after_item" | "threads.update";
                    params: Record<string, never>;
                };
            };
        };
        responses: {
            /** @description JSON, or ChatKit's events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/event-stream": unknown;
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description There is no such conversation, or it has not asked that */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The person has said as much as is answered in a minute or a day */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    export_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportIn"];
            };
        };
        responses: {
            /** @description A ZIP file. It is whole if the response ends in order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too many streams are open */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    snooze_reminder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: number;
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Snooze"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snoozed"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The task has sent no reminder, or was completed or changed since */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    cancel_snooze: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: number;
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No snooze of the task is pending */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    list_snoozes: {
        parameters: {
            query?: {
                /** @description Only that of this task */
                task_id?: number | null;
            };
            header?: never;
            path: {
                /** @description The user's id: the `sub` of the token. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingSnoozes"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    ensure_occurrence: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OccurrenceRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OccurrenceAnswer"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    get_digest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DigestRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Digest"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description No valid token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The token's user is not the path's, or the token lacks the scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A field does not validate */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description The account has sent more requests than its limits allow; `Retry-After` says when to go on */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description A dependency is unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": unknown;
                    "application/json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
}
