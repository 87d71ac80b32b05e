"""PyYAML, told to read what lotse does: dates and YAML 1.1's "yes" and "on" are text, keys too."""
import json


def loader(yaml):
    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in pairs
                if not tag.endswith(":timestamp") and (not tag.endswith(":bool") or first in "tTfF")]
        for first, pairs in Loader.yaml_implicit_resolvers.items()}
    return Loader


def plain(value):
    """As JSON has it: keys are text."""
    if isinstance(value, dict):
        return {key if isinstance(key, str) else json.dumps(key): plain(v) for key, v in value.items()}
    return [plain(v) for v in value] if isinstance(value, list) else value
