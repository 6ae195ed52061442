"""A model behind an OpenAI-compatible server: Ollama, llama.cpp, vLLM, DeepSeek, Qwen.

This module needs the extra `generator`; `open_generator` imports it, or says so.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx2
import openai
from openai.types.chat import ChatCompletionMessageParam

from retrieval.generate.address import checked_address, is_on_this_machine
from retrieval.generate.errors import GeneratorError
from retrieval.generate.generator import Limits, Message

_SENT = frozenset(
    ("host", "content-type", "content-length", "accept", "accept-encoding", "connection")
)
"""The headers that are sent. The client would add what the machine is, and for whom it works."""
_NO_KEY = "none"
"""What the client is told, so that it looks for no key of its own: ours is added to the request."""
_ENDED_EARLY: dict[str | None, tuple[str, str]] = {
    "length": (
        "the generator used up the tokens that it may write before its answer ended",
        "generator_too_long",
    ),
    "content_filter": (
        "the generator's answer was withheld by the filter of its server",
        "generator_failed",
    ),
    None: ("the generator's answer broke off", "generator_cut_off"),
}
"""What an endpoint says of an answer that did not end by itself; None where it says nothing."""


class Endpoint:
    """A model behind an OpenAI-compatible server, reached at `url`/chat/completions; a `Generator`.

    Opening one opens no socket. No redirect is followed; nothing is tried twice.
    """

    def __init__(
        self, url: str, model: str, key: str | None = None, limits: Limits | None = None
    ) -> None:
        """Raises GeneratorError for an address or a key that cannot be one."""
        if key and not (key.isascii() and key.isprintable()):
            raise GeneratorError("YOUJU_GENERATOR_KEY holds characters that no key has")
        self.url = checked_address(url)
        self.name = model
        self._key = key
        self._limits = limits or Limits()

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the answer as it comes. Raises GeneratorError where it does not come whole."""
        with self._client() as client, self._explained():
            chunks = client.chat.completions.create(
                model=self.name,
                messages=[_parameter(message) for message in messages],
                stream=True,
                temperature=0,
                max_tokens=self._limits.tokens,
            )
            with chunks:
                yield from self._pieces(chunks)

    def _pieces(self, chunks: Iterator[object]) -> Iterator[str]:
        ended: str | None = None
        for chunk in chunks:
            piece, reason = _read(chunk)
            ended = reason or ended
            yield piece
        if ended in _ENDED_EARLY:
            raise GeneratorError(*_ENDED_EARLY[ended])

    @contextmanager
    def _client(self) -> Iterator[openai.OpenAI]:
        with (
            httpx2.Client(
                timeout=self._limits.seconds,
                follow_redirects=False,
                # A proxy of the environment cannot reach what is on this machine.
                trust_env=not is_on_this_machine(self.url),
                event_hooks={"request": [self._send_little], "response": [self._read_little]},
            ) as http,
            openai.OpenAI(
                base_url=self.url, api_key=_NO_KEY, max_retries=0, http_client=http
            ) as client,
        ):
            yield client

    def _send_little(self, request: httpx2.Request) -> None:
        for name in set(request.headers) - _SENT:
            del request.headers[name]
        request.headers["user-agent"] = "youju"
        # What is packed may be a thousand times as long as what is counted.
        request.headers["accept-encoding"] = "identity"
        if self._key:
            request.headers["authorization"] = f"Bearer {self._key}"

    def _read_little(self, response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise _unreadable("it came packed, which was not asked for")
        stream = response.stream
        if isinstance(stream, httpx2.SyncByteStream):
            response.stream = _Counted(stream, self._limits.response_bytes)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what the client raises into one line, without the key and what the server says."""
        try:
            yield
        except openai.APITimeoutError as error:
            raise GeneratorError(
                f"the generator was silent for {self._limits.seconds:g} s",
                "generator_timeout",
                f"{self._limits.seconds:g}",
            ) from error
        except openai.APIStatusError as error:
            raise self._refused(error.status_code) from error
        except openai.APIConnectionError as error:
            raise self._broken(error) from error
        except openai.APIError as error:
            raise _unreadable("it reports an error in the middle") from error
        except (ValueError, TypeError) as error:
            raise _unreadable("it is not the stream of JSON that was expected") from error

    def _refused(self, status: int) -> GeneratorError:
        hints: dict[range, str] = {
            range(300, 400): "it sends on to another address, which is not followed: name that one",
            range(401, 402): "set YOUJU_GENERATOR_KEY to the key that it wants",
            range(403, 404): "the key in YOUJU_GENERATOR_KEY has no right to this model",
            range(404, 405): f"there is no model {self.name}, or the address lacks its /v1",
            range(429, 430): "it takes no more questions for now",
        }
        hint = next((text for codes, text in hints.items() if status in codes), "see its log")
        return GeneratorError(
            f"the generator at {self.url} answered with HTTP status {status}: {hint}",
            "generator_refused",
            str(status),
        )

    def _broken(self, error: openai.APIConnectionError) -> GeneratorError:
        """Tell a server that is not there from one that went away in the middle."""
        if isinstance(error.__cause__, httpx2.ReadError | httpx2.RemoteProtocolError):
            return GeneratorError(*_ENDED_EARLY[None])
        return GeneratorError(
            f"there is no generator at {self.url}: start it, or name another with --generator",
            "generator_unreachable",
        )


class _Counted(httpx2.SyncByteStream):
    """A response that is given up when it is longer than it may be."""

    def __init__(self, stream: httpx2.SyncByteStream, most: int) -> None:
        self._stream = stream
        self._most = most

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for piece in self._stream:
            read += len(piece)
            if read > self._most:
                raise GeneratorError(
                    f"the generator sent more than {self._most} bytes", "generator_too_long"
                )
            yield piece

    def close(self) -> None:
        self._stream.close()


def _parameter(message: Message) -> ChatCompletionMessageParam:
    if message.role == "system":
        return {"role": "system", "content": message.content}
    return {"role": "user", "content": message.content}


def _read(chunk: object) -> tuple[str, str | None]:
    """Return the text of a chunk and why the answer ends with it; servers differ in the rest."""
    choices = getattr(chunk, "choices", None)
    if not isinstance(choices, list):
        raise _unreadable("it is not the stream of JSON that was expected")
    if not choices:
        return "", None
    content = getattr(getattr(choices[0], "delta", None), "content", None)
    reason = getattr(choices[0], "finish_reason", None)
    if not isinstance(content, str | None) or not isinstance(reason, str | None):
        raise _unreadable("it is not the stream of JSON that was expected")
    return content or "", reason


def _unreadable(why: str) -> GeneratorError:
    return GeneratorError(f"the generator's answer cannot be read: {why}", "generator_unreadable")
