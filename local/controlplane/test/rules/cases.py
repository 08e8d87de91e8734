"""What a rule is, in a table: an object, and what the API server says of it."""

import copy
import re

CASES = []
REMOVE = object()


class Case:
    """One rule and the requests that show it."""

    def __init__(self, kind, rule, action, obj, change=None, causes=(), values=None, status=False):
        self.kind, self.rule, self.action, self.obj = kind, rule, action, obj
        self.change, self.causes, self.values, self.status = change, causes, values, status


def kind_of(obj):
    return obj["kind"] if obj["apiVersion"] != "events.k8s.io/v1" else "Event (events.k8s.io)"


def refuse(rule, obj, *causes):
    """A new object is refused for exactly these causes, "field: message"; an ellipsis stands for any text."""
    CASES.append(Case(kind_of(obj), rule, "create", obj, causes=causes))


def accept(rule, obj):
    """A new object is taken."""
    CASES.append(Case(kind_of(obj), rule, "create", obj))


def fills(rule, obj, **values):
    """What the server fills in: path (with __ for a dot) and value."""
    CASES.append(Case(kind_of(obj), rule, "create", obj, values={k.replace("__", "."): v for k, v in values.items()}))


def update(rule, obj, change, *causes, status=False):
    """A change, a dictionary of paths and values, of an existing object: refused for these causes, or taken."""
    CASES.append(Case(kind_of(obj), rule, "update", obj, change=[change], causes=causes, status=status))


def statuses(rule, obj, changes, *causes):
    """Changes of the status, one after the other; the last is refused for these causes, or taken."""
    CASES.append(Case(kind_of(obj), rule, "update", obj, change=changes, causes=causes, status=True))


def steps(path):
    return [int(p) if p.isdigit() else p for p in re.split(r"\.|\[(\d+)\]\.?", path) if p] if isinstance(path, str) else list(path)


def get(obj, path):
    for step in steps(path):
        if isinstance(obj, dict) and step not in obj:
            return None
        if isinstance(obj, list) and step >= len(obj):
            return None
        obj = obj[step]
    return obj


def put(obj, path, value):
    parts = steps(path)
    for i, step in enumerate(parts[:-1]):
        if isinstance(obj, list):
            while len(obj) <= step:
                obj.append({})
            obj = obj[step]
        else:
            obj = obj.setdefault(step, [] if isinstance(parts[i + 1], int) else {})
    last = parts[-1]
    if value is REMOVE:
        obj.pop(last, None)
    elif isinstance(obj, list):
        while len(obj) <= last:
            obj.append({})
        obj[last] = value
    else:
        obj[last] = value


def but(obj, changes=None, /, **more):
    """A copy with other values, by path; keywords write a dot as __."""
    result = copy.deepcopy(obj)
    for path, value in {**(changes or {}), **{k.replace("__", "."): v for k, v in more.items()}}.items():
        put(result, path, value)
    return result
