"""Several processes that teach one network together, on one machine or more, started by torchrun.

torchrun tells each process its number in the environment. Every process reads the same data and
makes the same batches, learns from its own share of each, and the gradients are averaged
(`learn.loop`), so a step is that of the whole batch. Process 0 alone writes the run and speaks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

import torch
import torch.distributed as dist
from torch import Tensor

Value = TypeVar("Value")
_apart: ContextVar[bool] = ContextVar("pincel_apart", default=False)


@contextmanager
def joined_processes() -> Iterator[None]:
    """Join the other processes, if torchrun has started any, and leave them at the end."""
    alone = int(os.environ.get("WORLD_SIZE", "1")) < 2 or not dist.is_available()
    if alone or dist.is_initialized():
        yield
        return
    if torch.cuda.is_available():
        torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
    backend = "cpu:gloo,cuda:nccl" if torch.cuda.is_available() else "gloo"
    store, rank, world = next(dist.rendezvous("env://"))
    # processes that torchrun starts anew may find the addresses of those that are gone in the
    # store of the attempt before, and are refused there (seen with torch 2.14, not every time)
    attempt = dist.PrefixStore(f"attempt-{_attempt()}", store)
    dist.init_process_group(backend, store=attempt, rank=rank, world_size=world)
    try:
        yield
        dist.barrier()  # nobody hangs up while another still has something to say
    finally:
        dist.destroy_process_group()


def restarted() -> bool:
    """Whether torchrun has started these processes anew because one of them ended (its
    `--max-restarts`); what was begun before lies on the disk and goes on."""
    return _attempt() > 0


def _attempt() -> int:
    return int(os.environ.get("TORCHELASTIC_RESTART_COUNT", "0"))


@contextmanager
def on_its_own() -> Iterator[None]:
    """What one process does for itself while the others wait: nothing in it is averaged."""
    token = _apart.set(True)
    try:
        yield
    finally:
        _apart.reset(token)


def process_count() -> int:
    """How many processes work together; 1 when alone."""
    if _apart.get():
        return 1
    return dist.get_world_size() if dist.is_available() and dist.is_initialized() else 1


def first() -> bool:
    """Whether this process is the one that writes and speaks."""
    return process_count() == 1 or dist.get_rank() == 0


def share(length: int) -> slice:
    """This process' part of a batch of so many; all parts are equally long."""
    if process_count() == 1:
        return slice(0, length)
    each = length // process_count()
    return slice(dist.get_rank() * each, (dist.get_rank() + 1) * each)


def handed(value: Value) -> Value:
    """What the first process holds, given to all. All must call it; each waits for the first."""
    if process_count() == 1:
        return value
    held = [value]
    dist.broadcast_object_list(held, 0)
    return held[0]


def level(tensors: Mapping[str, Tensor]) -> None:
    """Make numbers of any shape that each process gathered on its own share (a batch norm's means)
    the mean of all, in place."""
    if process_count() == 1:
        return
    for value in tensors.values():
        if value.is_floating_point():
            dist.all_reduce(value)
            value /= process_count()


def buffers_of(net: torch.nn.Module, weights: Mapping[str, Tensor]) -> dict[str, Any]:
    """Those of `weights` (a state dict, or its average) that are no parameters of `net`."""
    learned = {name for name, _ in net.named_parameters()}
    return {name: value for name, value in weights.items() if name not in learned}
