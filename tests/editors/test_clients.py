"""batchlint as pytest-lsp's presets of editors know it. BATCHLINT is the program."""

import os

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

JOB = """apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: "30 4 * * *"
  startingDeadlineSeconds: 0
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: report
              image: registry.example.com/report:1.4.2
"""


@pytest_lsp.fixture(
    params=["neovim", "visual_studio_code", "emacs"],
    config=ClientServerConfig(server_command=[os.environ["BATCHLINT"], "lsp"]),
)
async def client(request, lsp_client: LanguageClient, tmp_path):
    # What the editors do when they are asked to, and the presets do not.
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda *_: None)
    params = types.InitializeParams(capabilities=client_capabilities(request.param), root_uri=tmp_path.as_uri())
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


def opened(client, tmp_path):
    uri = (tmp_path / "report.yaml").as_uri()
    document = types.TextDocumentItem(uri=uri, language_id="yaml", version=1, text=JOB)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=document))
    return types.TextDocumentIdentifier(uri=uri)


@pytest.mark.asyncio
async def test_all_that_is_asked_is_answered(client: LanguageClient, tmp_path):
    document = opened(client, tmp_path)
    at = types.Position(line=6, character=6)
    hover = await client.text_document_hover_async(types.HoverParams(text_document=document, position=at))
    assert "Optional deadline in seconds" in hover.contents.value
    completion = await client.text_document_completion_async(
        types.CompletionParams(text_document=document, position=types.Position(line=6, character=2))
    )
    assert "concurrencyPolicy" in [item.label for item in completion]
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(text_document=document))
    assert "04:30" in (await client.code_lens_resolve_async(lenses[0])).command.title
    params = types.CodeActionParams(
        text_document=document,
        range=types.Range(start=types.Position(line=6, character=27), end=types.Position(line=6, character=28)),
        context=types.CodeActionContext(diagnostics=[]),
    )
    assert any("Ignore" in action.title for action in await client.text_document_code_action_async(params))
    name = types.Position(line=13, character=22)
    edit = await client.text_document_rename_async(
        types.RenameParams(text_document=document, position=name, new_name="other")
    )
    assert edit.document_changes or edit.changes
