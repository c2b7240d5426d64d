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
    "/api/{user_id}/recurrence/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview Recurrence
         * @description Return the next occurrences, each with the reason for its date. Nothing is saved.
         */
        post: operations["preview_recurrence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/reminders/{task_id}/snooze": {
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
         * @description Send the reminder of a task again at a later time. The due date stays as it is.
         */
        post: operations["snooze_reminder"];
        /**
         * Cancel Snooze
         * @description Do not send the reminder of a task again. It can be snoozed again.
         */
        delete: operations["cancel_snooze"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/{user_id}/reminders/snoozes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Snoozes
         * @description List the reminders that will be sent again, by time.
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
    "/internal/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Plan Reminder
         * @description Schedules a reminder, unless this version of the task or a newer one is known.
         */
        post: operations["plan_reminder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/schedules/due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Due
         * @description Lists reminders that are due but not sent yet, snoozed ones too; normally none.
         */
        get: operations["list_due"];
        put?: never;
        post?: never;
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
        /** Planned */
        Planned: {
            /** Planned */
            planned: boolean;
        };
        /**
         * Preview
         * @description `rrule` is the rule as RFC 5545 text, with `due_date` as DTSTART; null if it cannot be written so.
         */
        Preview: {
            /** Rrule */
            rrule: string | null;
            /** Occurrences */
            occurrences: components["schemas"]["PreviewedOccurrence"][];
            /** Ended By */
            ended_by: ("until" | "count") | null;
        };
        /**
         * PreviewRequest
         * @description `due_date` is the first occurrence, slot 0. `completed_at` is the time of its completion; default: when due.
         *
         *     `recurrence_pattern` is required unless `recurrence` has an `rrule`. Give `reminders`, the whole list, or
         *     `reminder_lead_time`, or both if they agree.
         */
        PreviewRequest: {
            /**
             * Due Date
             * @description RFC 3339; without an offset local to the time zone; a plain date for all day
             */
            due_date: string;
            /**
             * Time Zone
             * @default UTC
             */
            time_zone: string;
            /** Recurrence Pattern */
            recurrence_pattern?: ("hourly" | "daily" | "weekly" | "monthly" | "yearly") | null;
            recurrence?: components["schemas"]["Recurrence"] | null;
            /**
             * Reminder Lead Time
             * @description Minutes before the due date
             */
            reminder_lead_time?: number | null;
            /** Reminders */
            reminders?: components["schemas"]["Reminder"][] | null;
            /** Completed At */
            completed_at?: string | null;
            /**
             * Count
             * @default 5
             */
            count: number;
        };
        /**
         * PreviewedOccurrence
         * @description `local` is `due_date` in the time zone of the request. For an all-day task both are plain dates.
         */
        PreviewedOccurrence: {
            /** Slot */
            slot: number;
            /** Due Date */
            due_date: string;
            /** Local */
            local: string;
            /** Remind At */
            remind_at: string | null;
            /** Reminders */
            reminders: string[];
            /** Reason */
            reason: string;
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
        Recurrence: {
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
         * Reminder
         * @description Minutes before the due date, a time of day on an earlier day, or an instant. One of these.
         */
        Reminder: {
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
        /**
         * ScheduleIn
         * @description A reminder scheduled by another service. A repeated or older `seq` has no effect.
         */
        ScheduleIn: {
            /** User Id */
            user_id: string;
            /** Task Id */
            task_id: number;
            /** Seq */
            seq: number;
            /** Title */
            title: string;
            /**
             * Due Date
             * @description RFC 3339; without an offset local to the time zone; a plain date for all day
             */
            due_date: string;
            /**
             * Time Zone
             * @default UTC
             */
            time_zone: string;
            /**
             * Lead Time
             * @default 0
             */
            lead_time: number;
        };
        /** ScheduleOut */
        ScheduleOut: {
            /** User Id */
            user_id: string;
            /** Task Id */
            task_id: number;
            /** Seq */
            seq: number;
            /** State */
            state: string;
            /**
             * Remind At
             * Format: date-time
             */
            remind_at: string;
        };
        /** SchedulePage */
        SchedulePage: {
            /** Items */
            items: components["schemas"]["ScheduleOut"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /** SnoozeIn */
        SnoozeIn: {
            /**
             * Until
             * Format: date-time
             */
            until: string;
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
    preview_recurrence: {
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
                "application/json": components["schemas"]["PreviewRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
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
                "application/json": components["schemas"]["SnoozeIn"];
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
    plan_reminder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Planned"];
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
    list_due: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string | null;
            };
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
                    "application/json": components["schemas"]["SchedulePage"];
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
