"""Teaching a network: `begin` writes down what is asked (a plain dictionary that becomes
`run.json`), `teach` carries it out, from the start or from wherever the run's folder stands, and
yields what happens.

What is taught, and how it is measured, is a task (`learn.tasks`); `learn.teacher` does the rest.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from pydantic import ValidationError

from pincel.errors import PincelError
from pincel.learn import precision, tasks
from pincel.learn.course import Batch, Epoch, Finished, Order, Recipe
from pincel.learn.lasting import lasting, worth_of
from pincel.learn.run import Run
from pincel.learn.tasks._task import Assignment, Task
from pincel.learn.teacher import Teacher, new_net
from pincel.nets._family import family as family_of
from pincel.nets._network import Net
from pincel.words.numbers import compact

_MOST_LOOKED = 0.5
"""Share of the minutes that the last look at validation and test may take: the rest is for
learning."""


def begin(
    family: str,
    data: Any,
    *,
    seed: int = 0,
    settings: Mapping[str, Any] | None = None,
    recipe: Mapping[str, Any] | None = None,
    on: str = "auto",
) -> dict[str, Any]:
    """What is asked, as a plain dictionary: the family's config fitted to the data, the recipe
    with what the size of the data asks for, seed, versions. PincelError for settings that the
    family does not know."""
    return written(Order(family, data, seed, settings or {}, recipe or {}, on))


def written(order: Order) -> dict[str, Any]:
    """The same for an order that may name its task."""
    kind, data, seed = family_of(order.family), order.data, order.seed
    task = tasks.load(order.task or kind.task)
    config = task.config(kind, data, order.settings)
    given = {key: value for key, value in order.recipe.items() if value is not None}
    wanted = task.recipe(kind, config, data) | given
    plan = planned(wanted)
    about = {"prepare": dict(order.prepare or task.preparation(kind, config, data))}
    device = precision.device(order.on)
    net = new_net(kind, config, seed)  # here, so that nothing is begun whose weights are not there
    if "precision" not in wanted:
        plan = plan.model_copy(update={"precision": precision.suited_precision(net, device)})
    asked = {
        **order.own,
        "family": order.family,
        "config": config.model_dump(mode="json"),
        "classes": data.classes,
        "prepare": about["prepare"],
        "data": task.facts(data),
        "seed": seed,
        "device": device.type,
        "versions": _versions(),
        **({"task": order.task} if order.task else {}),
    }
    if plan.minutes:
        layout = task.layout(net, plan.precision, device)
        lesson = Assignment(data, kind, plan, seed, about, device, layout, asked)
        plan = lasting(plan, _steps(net, task(lesson), data.name), len(data.train))
    return asked | {"recipe": plan.model_dump(mode="json")}


def planned(wanted: Mapping[str, Any]) -> Recipe:
    """The recipe, one sentence for what it does not take."""
    try:
        plan = Recipe(**wanted)
    except ValidationError as refused:
        first = refused.errors()[0]
        name = str(first["loc"][0])
        raise PincelError("teach.recipe", name=name, came=first["input"]) from None
    return plan if plan.threads else plan.model_copy(update={"threads": torch.get_num_threads()})


def _steps(net: Net, task: Task, name: str) -> int:
    """How many steps may fit into the minutes, by a first batch. PincelError where what must be
    looked at in the end (the validation and the test part) alone takes most of them."""
    net = net.to(task.device)
    each = precision.seconds(net, next(task.batches(0)), task.plan.precision)
    pictures = sum(task.looks())
    needed = each * worth_of(pictures, task.plan) / 60
    if needed > _MOST_LOOKED * task.plan.minutes:
        asked, least = task.plan.minutes, math.ceil(10 * needed / _MOST_LOOKED) / 10
        facts = {
            "name": name,
            "pictures": pictures,
            "minutes": compact(asked),
            "least": least,
        }
        raise PincelError("teach.minutes", needed=round(needed, 1), **facts)
    return max(1, round(60 * task.plan.minutes / each))


def makes(family: str) -> bool:
    """Whether a family makes or changes pictures, instead of naming their classes."""
    return family_of(family).generates


def task_of(run: Run) -> str:
    """The name of the task by which a run is taught."""
    return str(run.config.get("task") or family_of(run.config["family"]).task)


def _versions() -> dict[str, str]:
    from pincel import __version__

    return {
        "pincel": __version__,
        "torch": torch.__version__.partition("+")[0],
        "python": ".".join(map(str, sys.version_info[:3])),
    }


def teach(run: Run, data: Any) -> Iterator[Batch | Epoch | Finished]:
    """Carry out what the run asks, from where its folder stands. Yields `Batch` after every step,
    `Epoch` after every epoch, and once `Finished`. Stop asking, or be killed, and call again.

    PincelError when the data is not what the run began with."""
    if data.hash != run.config["data"]["hash"]:
        raise PincelError("teach.other_data", run=run.folder, name=run.config["data"]["name"])
    threads = torch.get_num_threads()
    torch.set_num_threads(run.config["recipe"]["threads"])
    try:
        task = tasks.load(task_of(run))
        yield from Teacher(run, task.ordered(data, run.config["classes"])).go()
    finally:
        torch.set_num_threads(threads)
