-- What wrk sends: operation, user and token come behind "--".
local operation, user, token
local n = 0
errors = 0 -- global: thread:get sees no local
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init(args)
  operation, user, token = args[1], args[2], args[3]
  math.randomseed(os.time())
  wrk.headers["Authorization"] = "Bearer " .. token
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  n = n + 1
  local base = "/api/" .. user .. "/tasks"
  local task = base .. "/" .. math.random(1, 9000)
  if operation == "list" then return wrk.format("GET", base .. "?limit=50") end
  if operation == "search" then return wrk.format("GET", base .. "/search?limit=50&q=task%20" .. math.random(100, 9999)) end
  if operation == "search-common" then return wrk.format("GET", base .. "/search?limit=50&q=groceries") end
  if operation == "one" then return wrk.format("GET", task) end
  if operation == "create" then return wrk.format("POST", base, nil, '{"title":"Bench ' .. n .. '"}') end
  if operation == "patch" then return wrk.format("PATCH", task, nil, '{"description":"Bench ' .. n .. '"}') end
  if operation == "complete" then
    return wrk.format("PATCH", task .. (n % 2 == 0 and "/complete" or "/reopen"))
  end
  local id = math.random(1, 9000)
  if operation == "list_tasks" then return tool("list_tasks", '{}') end
  if operation == "search_tasks" then return tool("search_tasks", '{"query":"groceries"}') end
  if operation == "add_task" then return tool("add_task", '{"tasks":[{"title":"Bench ' .. n .. '","when":"tomorrow 9am"}]}') end
  if operation == "complete_task" then return tool("complete_task", '{"ids":[' .. id .. ']}') end
  if operation == "turn" then
    return wrk.format("POST", "/api/" .. user .. "/chat", nil, '{"message":"What is due today?"}')
  end
end

function tool(name, arguments)
  wrk.headers["Accept"] = "application/json, text/event-stream"
  wrk.headers["MCP-Protocol-Version"] = "2025-11-25"
  local params = '{"name":"' .. name .. '","arguments":' .. arguments .. '}'
  return wrk.format("POST", "/mcp", nil, '{"jsonrpc":"2.0","id":' .. n .. ',"method":"tools/call","params":' .. params .. '}')
end

function response(status) if status >= 400 then errors = errors + 1 end end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(threads) do failed = failed + thread:get("errors") end
  print(string.format(
    "RESULT requests=%d seconds=%.3f p50=%.2f p95=%.2f p99=%.2f errors=%d",
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3, failed))
end
