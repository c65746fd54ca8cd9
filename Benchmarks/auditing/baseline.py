"""The leak check that people write: the gold answer between word boundaries, once boxes and markers are gone."""

import re

BOX = re.compile(r"\\(?:boxed|fbox)\s*\{[^{}]*\}")
MARKER = re.compile(r"^####.*$|</?answer>", re.MULTILINE | re.IGNORECASE)


def strip(text):
    return MARKER.sub(" ", BOX.sub(" ", text))


def pattern(gold):
    return re.compile(rf"(?<!\w){re.escape(gold.strip())}(?!\w)", re.IGNORECASE)


def leaks(gold, hint):
    return pattern(gold).search(strip(hint)) is not None
