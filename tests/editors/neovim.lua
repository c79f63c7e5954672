-- Neovim with batchlint, as editors/README.md sets it up: what is found, what is typed, what is mended, what is shown.
-- nvim --headless --clean -l tests/editors/neovim.lua PROGRAM, in a folder of its own
vim.lsp.config("batchlint", {
  cmd = { _G.arg[1], "lsp" },
  filetypes = { "yaml", "json", "helm" },
  root_markers = { "batchlint.toml", ".batchlint.toml", ".git" },
})
vim.lsp.enable("batchlint")

local function wants(what, condition)
  if not vim.wait(20000, condition, 20) then
    io.stderr:write("Neovim: not " .. what .. "\n" .. vim.inspect(vim.diagnostic.get(0)) .. "\n")
    vim.cmd("cquit 1")
  end
end

local function found(rule)
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    if diagnostic.code == rule then return diagnostic end
  end
end

local function sent(method, params)
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 20000) or {}) do return answer.result end
end

local function ask(method, position, more)
  local params = { textDocument = vim.lsp.util.make_text_document_params(), position = position }
  return sent(method, vim.tbl_extend("force", params, more or {}))
end

vim.cmd("edit report.yaml")
vim.bo.filetype = "yaml"
wants("found", function() return found("api-version-removed") end)

-- What is typed moves what was found, in the columns of the editor.
vim.api.nvim_buf_set_lines(0, 0, 0, false, { "# é😀 日本" })
wants("moved", function() return (found("api-version-removed") or {}).lnum == 1 end)
vim.api.nvim_buf_set_text(0, 0, 2, 0, 8, { "e" })

local start = { line = 1, character = 14 }
local context = { range = { start = start, ["end"] = start }, context = { diagnostics = {} } }
for _, action in ipairs(ask("textDocument/codeAction", start, context)) do
  if action.isPreferred then vim.lsp.util.apply_workspace_edit(action.edit, "utf-8") end
end
wants("mended", function() return #vim.diagnostic.get(0) > 0 and not found("api-version-removed") end)
assert(vim.api.nvim_buf_get_lines(0, 1, 2, false)[1] == "apiVersion: batch/v1", "the fix is in its place")

local hover = ask("textDocument/hover", { line = 6, character = 15 })
assert(hover.contents.value:find("at 04:30", 1, true), "the schedule is explained")
local field = ask("textDocument/hover", { line = 7, character = 6 })
assert(field.contents.value:find("Optional deadline in seconds", 1, true), "a field is explained")
vim.api.nvim_buf_set_lines(0, 8, 8, false, { "  concurr" })
local offers = ask("textDocument/completion", { line = 8, character = 9 })
local function offered(label)
  for _, offer in ipairs(offers) do if offer.label == label then return offer end end
end
assert(offered("concurrencyPolicy") and not offered("schedule"), "fields are offered, but those that are there")
vim.api.nvim_buf_set_lines(0, 8, 9, false, {})
local lenses = ask("textDocument/codeLens", start)
assert(sent("codeLens/resolve", lenses[1]).command.title:find("04:30", 1, true), "the next runs stand above")
local container = { line = 14, character = 20 }
local edit = ask("textDocument/rename", container, { newName = "other" })
vim.lsp.util.apply_workspace_edit(edit, "utf-8")
assert(vim.api.nvim_buf_get_lines(0, 14, 15, false)[1] == "            - name: other", "a container has another name")
local whole = { start = { line = 0, character = 0 }, ["end"] = { line = 99, character = 0 } }
assert(ask("textDocument/inlayHint", start, { range = whole })[1].label:find("next: ", 1, true), "the next run is named")
vim.cmd("qa!")
