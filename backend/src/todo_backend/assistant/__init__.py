"""The assistant: conversations in which a model, or a set of rules, calls the MCP tools on the user's tasks.

It knows no protocol of a client: `todo_backend.chat` translates its items and events for ChatKit and the JSON API.

Modules, in reading order: `items` and `events` (what a conversation consists of, what happens in it), `service`
(answers messages, decisions and undo), `turns` (runs the agent), `agent` (tools), `provider` (the model), `calls`
(validation and approval), `cards` (what is shown of calls), `history` (the model's input), `conversations` (storage;
`former` reads its former format), `context` (a request), `streaming` (turns outlive the client's connection), `limits`,
`failures`. Without a provider (`provider_key`), `todo_backend.rules` answers.
"""
