"""Things that exist in the lab, in place of some of what schemathesis invents: otherwise it would hear 404 all day.

REST_KNOWN is JSON: for the first word of a path the ids that exist, and for an element of a body the values that mean
something. Which invention gives way is decided by the invention itself, so a seed is a run.
"""

from __future__ import annotations

import json
import os
import zlib

import schemathesis

KNOWN: dict[str, list[str]] = json.loads(os.environ["REST_KNOWN"])


def instead(name: str, invented: object) -> object:
    """Three times out of four one of those that exist, if any do."""
    known, chance = KNOWN.get(name, []), zlib.crc32(repr(invented).encode())
    return known[chance // 4 % len(known)] if known and chance % 4 else invented


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if not isinstance(path_parameters, dict):
        return path_parameters
    words = context.operation.path.split("/")
    named = {segment.strip("{}"): words[at - 1] for at, segment in enumerate(words) if segment.startswith("{")}
    return {name: instead(named.get(name, ""), value) for name, value in path_parameters.items()}


@schemathesis.hook
def map_body(context, body):
    if not isinstance(body, dict):
        return body
    return {name: value if isinstance(value, (dict, list)) else instead(name, value) for name, value in body.items()}
