"""Fifty programs at once, over the network of this machine: all tasks are done and told."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

MANY = 50


def ask_and_wait(address: str, number: int) -> tuple[str, str]:
    """One client: it asks for a job, then listens until its own task is over."""
    body = {"input": f"{number + 8}x{number + 8}x3", "network": "conv 4 3 same, relu"}
    with httpx.Client(base_url=address, headers={"x-pincel": "1"}, timeout=120) as client:
        last = client.get("api/state").json()["last"]
        task = client.post("api/tasks/arithmetic", json=body).json()
        made = ""
        with client.stream("GET", f"api/events?after={last}") as stream:
            for line in stream.iter_lines():
                if not line.startswith("data: "):
                    continue
                told = json.loads(line[6:])
                if told["kind"] == "made" and told["task"] == task["id"]:
                    made = told["made"]["lines"][0]
                of = told.get("task")
                mine = isinstance(of, dict) and of["id"] == task["id"]
                if mine and of["state"] not in ("queued", "running"):
                    return of["state"], made
    raise AssertionError("the stream ended first")


def test_fifty_clients_lose_no_task(address: str) -> None:
    with ThreadPoolExecutor(MANY) as pool:
        told: list[Any] = list(pool.map(lambda i: ask_and_wait(address, i), range(MANY)))
    for number, (state, made) in enumerate(told):
        side = number + 8
        assert state == "done" and f"{side} x {side} x 3" in made, (number, state, made)
