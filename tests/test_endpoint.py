"""A generator over HTTP: what is sent to it, and everything that can go wrong with its answer."""

import logging
from collections.abc import Iterator

import pytest

from retrieval.generate import GeneratorError, Limits, Message, open_generator
from tests.endpoint import (
    Script,
    Scripted,
    answers,
    breaks_off,
    hangs_up,
    never_ends,
    refuses,
    sends,
    stays_silent,
)

ASKED = [Message("system", "要求"), Message("user", "问题")]
SECRET = "sk-a-key-that-nobody-sees"


def stream(server: Scripted, limits: Limits | None = None, key: str | None = None) -> Iterator[str]:
    return open_generator(server.url, "small", key, limits).stream(ASKED)


def failure(script: Script, limits: Limits | None = None) -> GeneratorError:
    with Scripted(script) as server, pytest.raises(GeneratorError) as caught:
        list(stream(server, limits))
    return caught.value


def test_the_answer_comes_in_pieces() -> None:
    with Scripted(answers("校长每周", "陪餐", "3次。[1]")) as server:
        assert "".join(stream(server)) == "校长每周陪餐3次。[1]"
    (asked,) = server.asked
    assert server.paths == ["/v1/chat/completions"]
    assert asked["model"] == "small"
    assert asked["messages"] == [
        {"role": "system", "content": "要求"},
        {"role": "user", "content": "问题"},
    ]
    assert (asked["stream"], asked["temperature"]) == (True, 0)
    assert asked["max_tokens"] == Limits().tokens


def test_the_first_piece_is_there_before_the_last_is_sent() -> None:
    with Scripted(stays_silent("校长")) as server:
        assert next(filter(None, stream(server))) == "校长"


def test_chunks_without_a_choice_say_nothing() -> None:
    usage = 'data: {"id":"c","object":"chat.completion.chunk","created":0,"model":"m","choices":[]}'
    said = 'data: {"choices":[{"delta":{"content":"好。"},"finish_reason":"stop"}]}'
    with Scripted(
        sends(f"{usage}\n\n: a comment\n\n{said}\n\n{usage}\n\ndata: [DONE]\n\n")
    ) as server:
        assert "".join(stream(server)) == "好。"


def test_only_what_is_needed_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-another-server")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-another-server")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-of-another-server")
    with Scripted(answers("好。")) as server:
        list(stream(server))
        list(stream(server, key=SECRET))
    names = [{name.lower() for name in headers} for headers in server.headers]
    common = {"host", "accept", "accept-encoding", "connection", "content-type", "content-length"}
    assert names[0] <= common | {"user-agent"}
    assert names[1] - names[0] == {"authorization"}
    assert "another-server" not in str(server.headers)
    sent = {name.lower(): value for name, value in server.headers[1].items()}
    assert (sent["authorization"], sent["user-agent"]) == (f"Bearer {SECRET}", "youju")


def test_opening_one_opens_no_connection() -> None:
    with Scripted(answers("好。")) as server:
        open_generator(server.url, "small")
    assert server.paths == []


@pytest.mark.parametrize(
    ("script", "kind", "said"),
    [
        (hangs_up("校长每周"), "generator_cut_off", "broke off"),
        (breaks_off("校长每周"), "generator_cut_off", "broke off"),
        (answers("校长", finish=None), "generator_cut_off", "broke off"),
        (answers("校长", finish="length"), "generator_too_long", "tokens"),
        (answers("校长", finish="content_filter"), "generator_failed", "filter"),
        (refuses(500), "generator_refused", "HTTP status 500"),
        (refuses(401), "generator_refused", "YOUJU_GENERATOR_KEY"),
        (refuses(404, "<html>" * 1000), "generator_refused", "no model small"),
        (refuses(429), "generator_refused", "no more questions"),
        (sends("data: {oops\n\n"), "generator_unreadable", "stream of JSON"),
        (sends("data: 17\n\n"), "generator_unreadable", "stream of JSON"),
        (sends('data: {"choices": "x"}\n\n'), "generator_unreadable", "stream of JSON"),
        (sends('data: {"choices": [7]}\n\n'), "generator_cut_off", "broke off"),
        (
            sends('data: {"choices": [{"delta": {"content": ["x"]}}]}\n\n'),
            "generator_unreadable",
            "stream of JSON",
        ),
        (
            sends('data: {"error": {"message": "out of memory"}}\n\n'),
            "generator_unreadable",
            "error",
        ),
        (
            sends("data: \udcff\n\n".encode("utf-8", "surrogateescape").decode("latin-1")),
            "generator_unreadable",
            "stream of JSON",
        ),
        (sends("<html>好</html>", "text/html"), "generator_cut_off", "broke off"),
        (sends("", content_encoding="gzip"), "generator_unreadable", "packed"),
    ],
)
def test_what_goes_wrong_is_one_line(script: Script, kind: str, said: str) -> None:
    error = failure(script)
    assert error.remark.kind == kind
    assert said in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize("endless", ["x" * 65536, ": nothing\n\n" * 4096])
def test_an_endless_answer_is_hung_up_on(endless: str) -> None:
    with Scripted(never_ends(endless)) as server, pytest.raises(GeneratorError) as caught:
        list(stream(server, Limits(response_bytes=200_000)))
    assert caught.value.remark.kind == "generator_too_long"
    assert "200000 bytes" in str(caught.value)
    assert server.hung_up.wait(10)


def test_a_long_refusal_is_not_read_to_its_end() -> None:
    error = failure(refuses(500, "x" * 300_000), Limits(response_bytes=200_000))
    assert error.remark.kind == "generator_too_long"


def test_a_silent_server_is_given_up() -> None:
    error = failure(stays_silent("校长"), Limits(seconds=0.2))
    assert (error.remark.kind, error.remark.values) == ("generator_timeout", ("0.2",))


def test_a_server_that_is_not_there() -> None:
    with Scripted(answers("好。")) as server:
        url = server.url
    with pytest.raises(GeneratorError, match=r"no generator at http://127.0.0.1:\d+/v1") as caught:
        list(open_generator(url, "small").stream(ASKED))
    assert caught.value.remark.kind == "generator_unreachable"


def test_no_redirect_is_followed() -> None:
    with Scripted(answers("好。")) as elsewhere:
        error = failure(refuses(307, location=f"{elsewhere.url}/chat/completions"))
    assert "sends on to another address" in str(error)
    assert elsewhere.paths == []


@pytest.mark.parametrize("status", [400, 401, 403, 500])
def test_the_key_is_never_shown(status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    echo = refuses(status, f'{{"error": {{"message": "wrong key {SECRET}"}}}}')
    with Scripted(echo) as server, pytest.raises(GeneratorError) as caught:
        list(stream(server, key=SECRET))
    assert SECRET not in str(caught.value)
    assert SECRET not in caplog.text
    for key in (f"{SECRET}\n", f"{SECRET}钥匙"):
        with pytest.raises(GeneratorError) as refused:
            open_generator(server.url, "small", key)
        assert SECRET not in str(refused.value)
