"""The JSON shape of an answer in a model's words."""

from retrieval.generate.answering import Generated, GeneratedAnswer
from retrieval.generate.checking import Said
from retrieval.shapes import Json, answer_shape


def generated_answer_shape(found: GeneratedAnswer) -> Json:
    """The answer of `ask` with `generated`; null where no model was asked."""
    generated = _generated_shape(found.generated) if found.generated else None
    return {**answer_shape(found), "generated": generated}


def _generated_shape(generated: Generated) -> Json:
    return {
        "model": generated.model,
        "sentences": [_said_shape(said) for said in generated.sentences],
        "dropped": [{**_said_shape(said), "citations": []} for said in generated.dropped],
        "failure": generated.failure,
    }


def _said_shape(said: Said) -> Json:
    return {
        "text": said.text,
        "citations": [citation.n for citation in said.citations],
        "verdict": said.verdict,
        "reasons": list(said.reasons),
    }
