"""Application questions of every type, and answers to them."""

from __future__ import annotations

import random
from datetime import date

from workable_elt.simulator import records as r
from workable_elt.simulator.making.script import Script

# Body, type, whether one choice only, choices.
_QUESTIONS: tuple[tuple[str, str, bool | None, tuple[str, ...]], ...] = (
    ("Why do you want to work with us?", "free_text", None, ()),
    ("Your present employer", "short_text", None, ()),
    ("How many years of experience do you have?", "numeric", None, ()),
    ("Are you allowed to work in the EU?", "boolean", None, ()),
    ("Preferred office", "dropdown", True, ("Athens", "London", "Boston", "東京")),
    ("Which tools do you know?", "multiple_choice", False, ("dbt", "Spark", "Excel", "None")),
    ("When could you start?", "date", None, ()),
    ("Your portfolio", "file", None, ()),
    ("Πώς μας βρήκατε;", "short_text", None, ()),
)
_TEXTS = ("Because of the robots", "Είναι η ευκαιρία που ψάχνω", "—", "A friend told me", "🙂")


def make_questions(script: Script) -> tuple[r.Question, ...]:
    """Some questions for a new job; about one job in seven has none."""
    rng = script.rng
    if rng.random() < 0.15:
        return ()
    chosen = rng.sample(_QUESTIONS, rng.randint(1, 6))
    questions = []
    for body, kind, single, bodies in chosen:
        number = script.number("question")
        choices = tuple(r.Choice(f"{script.number('choice'):x}", text) for text in bodies)
        questions.append(
            r.Question(number, f"{number:x}", body, kind, rng.random() < 0.5, single, choices)
        )
    return tuple(questions)


def make_answers(rng: random.Random, question: r.Question) -> tuple[r.Answer, ...]:
    """A dozen possible answers to a question, some of them none at all."""
    return tuple(r.Answer(question.id, _value(rng, question)) for _ in range(12))


def _value(
    rng: random.Random, question: r.Question
) -> str | float | bool | date | tuple[str, ...] | None:
    kind = question.type
    if not question.is_required and rng.random() < 0.2:
        return None
    if kind == "boolean":
        return rng.random() < 0.7
    if kind == "numeric":
        return rng.choice((0, 1, 3, 7, 12.5))
    if kind == "date":
        return date(2026, rng.randint(1, 12), rng.randint(1, 28))
    if kind == "file":
        return "portfolio ünïcode.pdf"
    if kind == "dropdown":
        return (rng.choice(question.choices).id,)
    if kind == "multiple_choice":
        count = rng.randint(1, len(question.choices))
        return tuple(choice.id for choice in rng.sample(question.choices, count))
    return rng.choice(_TEXTS)
