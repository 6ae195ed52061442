"""Opens the generator that a user names."""

from retrieval.generate.errors import GeneratorError
from retrieval.generate.generator import Generator, Limits

KEY = "YOUJU_GENERATOR_KEY"
"""The environment variable that holds the key of an endpoint, where it wants one."""


def open_generator(
    url: str, model: str, key: str | None = None, limits: Limits | None = None
) -> Generator:
    """Return the model of an OpenAI-compatible endpoint; nothing is sent yet.

    Raises GeneratorError where the extra is not installed, or the address is none.
    """
    try:
        from retrieval.generate.endpoint import Endpoint
    except ModuleNotFoundError as error:
        raise GeneratorError(
            f"a generator needs {error.name}, which is not installed: "
            "pip install 'youju[generator]'"
        ) from error
    return Endpoint(url, model, key, limits)
