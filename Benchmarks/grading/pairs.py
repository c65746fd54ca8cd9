#!/usr/bin/env python3
"""Writes label-known grading cases as JSON Lines: {id, gold, answer or trace, label, kind, question}.

Real MATH and GSM8K gold answers are re-spelt in equivalent forms (label true) or changed into decoys
(label false). Every change knows its label by construction; a decoy that evaluates to the gold value
is thrown away. The same seed gives the same bytes.

  pairs.py --math DIR/test.jsonl --gsm8k DIR/test.jsonl --seed 1 --count 4000 > pairs.jsonl
"""

import argparse
import json
import math
import random
import re
from fractions import Fraction

FRACTION = re.compile(r"^(-?)\\[dtc]?frac\{(\d+)\}\{(\d+)\}$")
INTEGER = re.compile(r"^-?\d+$")
DECIMAL = re.compile(r"^-?\d*\.\d+$")
TUPLE = re.compile(r"^(\\left)?[(\[](.*?)(\\right)?[)\]]$")
SURD = re.compile(r"^(-?)(\d*)\\sqrt\{(\d+)\}$")
SURD_OVER = re.compile(r"^(-?)\\frac\{(\d*)\s*\\sqrt\{(\d+)\}\}\{(\d+)\}$")
PI = re.compile(r"^(\d*)\s*\\pi$")
PI_OVER = re.compile(r"^(-?)\\frac\{(\d*)\s*\\pi\}\{(\d+)\}$")
DEGREES = re.compile(r"^(-?[\d.]+)\^(?:\\circ|\{\\circ\})$")
PERCENT = re.compile(r"^([\d.]+)\\%$")
MONEY = re.compile(r"^\\\$\s*([\d.]+)$")
UNIT = re.compile(r"^([\d.]+)\s*(?:\\,)?\\(?:text|mbox)\s*\{\s*([a-z ]+?)\.?\s*\}(\^\d)?$")
COMPLEX = re.compile(r"^(-?\d+)\s*([+-])\s*(\d*)i$")
BASE = re.compile(r"^(-?)(\d+)_\{?(\d+)\}?$")
POLYNOMIAL = re.compile(r"^[-+\d a-z^{}]*[a-z][-+\d a-z^{}]*$")
MATRIX = re.compile(r"^\\begin\{pmatrix\}(.*)\\end\{pmatrix\}$", re.S)
WORDS = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
         "fifteen sixteen seventeen eighteen nineteen twenty").split()
GREATER = {"[": "\\ge", "(": ">"}
LESS = {"]": "\\le", ")": "<"}
OTHER_UNIT = {"cm": "m", "inches": "feet", "feet": "inches", "meters": "kilometers",
              "hours": "minutes", "minutes": "hours", "ft": "in", "km": "m", "dollars": "cents",
              "pounds": "ounces", "m": "cm", "square units": "cubic units", "mph": "km/h",
              "square feet": "square inches", "cents": "dollars"}


def last_box(text):
    start = text.rindex("\\boxed{") + 7
    depth = 1
    for index in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0:
            return text[start:index]
    raise ValueError("unbalanced box")


def value(text):
    """The value of a simple numeric answer, or None."""
    text = re.sub(r"\\text\{[^}]*\}|\\mbox\{[^}]*\}|\^\\circ|\^\{\\circ\}|\\[$%!]|\\left|\\right|\$", "", text)
    text = text.replace(",", "").replace("−", "-").strip()
    for _ in range(6):
        text = re.sub(r"\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"((\1)/(\2))", text)
        text = re.sub(r"\\sqrt\{([^{}]*)\}", r"((\1)**0.5)", text)
    text = text.replace("\\pi", "(3.141592653589793)").replace("\\cdot", "*").replace("^", "**")
    text = re.sub(r"(\d|\))\s*\(", r"\1*(", text)
    if not re.fullmatch(r"[-+*/(). \d]+", text) or len(text) > 80 or text.count("**") > 4:
        return None
    try:
        return float(eval(text, {"__builtins__": {}}))  # digits and operators only
    except Exception:
        return None


def canonical(text):
    text = re.sub(r"\\left|\\right|\\!|\\,|\\;|\s|\$", "", text)
    return re.sub(r"\\[dtc]frac", r"\\frac", text).rstrip(".")


def differ(gold, other):
    x, y = value(gold), value(other)
    if x is not None and y is not None:
        if "%" in gold and abs(x / 100 - y) <= 1e-3 * abs(y):
            return False
        return abs(x - y) > 1e-3 * max(1e-9, abs(x))
    return canonical(gold) != canonical(other)


def grouped(number, separator):
    return f"{int(number):,}".replace(",", separator)


def parts_of(gold):
    """The members of a bare comma list, or None."""
    if re.search(r"\\!|\{,|\\text|\\mbox|pm|[()\[\]]|\\begin|=", gold):
        return None
    parts = [part.strip() for part in gold.split(",")]
    if len(parts) < 2 or any(not part for part in parts):
        return None
    if all(re.fullmatch(r"\d{3}", part) for part in parts[1:]):
        return None
    return parts


def tuple_of(gold):
    match = TUPLE.match(gold)
    if not match or "cup" in gold or gold.count("(") + gold.count("[") > 1:
        return None
    parts = [part.strip() for part in match.group(2).split(",")]
    bare = gold.replace("\\left", "").replace("\\right", "").strip()
    return (bare[0], parts, bare[-1]) if len(parts) >= 2 else None


def terms_of(gold):
    """The signed terms of a sum without brackets, or None."""
    if not POLYNOMIAL.match(gold) or "frac" in gold:
        return None
    terms = re.findall(r"[+-]?[^+-]+", gold.replace(" ", ""))
    return terms if len(terms) >= 2 and "".join(terms) == gold.replace(" ", "") else None


def matrix_of(gold):
    match = MATRIX.match(gold.strip())
    if not match:
        return None
    return [[cell.strip() for cell in row.split("&")] for row in match.group(1).split("\\\\")]


def positives(gold, rng):
    """(kind, spelling) pairs that all equal gold."""
    out = [("spaces", gold.replace("+", " + ").replace("=", " = ").replace(",", ", ")
            if "\\!" not in gold and not re.search(r"\d,\d{3}(?!\d)", gold) else " " + gold + " ")]
    out += [("dollars", f"${gold}$"), ("display", f"\\({gold}\\)"), ("same", gold), ("dot", gold + ".")]
    if "frac{" in gold:
        out += [("dfrac", re.sub(r"\\[dtc]?frac", r"\\dfrac", gold)),
                ("tfrac", re.sub(r"\\[dtc]?frac", r"\\tfrac", gold))]
    if re.search(r"\\frac\{[1-9]\}\{[1-9]\}", gold):
        out.append(("short-frac", re.sub(r"\\frac\{([1-9])\}\{([1-9])\}", r"\\frac\1\2", gold)))
    if re.search(r"[(\[]", gold) and "\\left" not in gold and "text" not in gold:
        out.append(("left-right", re.sub(r"([(\[])", r"\\left\1", re.sub(r"([)\]])", r"\\right\1", gold))))
    if INTEGER.match(gold):
        n = int(gold)
        out += [("point-zero", gold + ".0"), ("point-zeros", gold + ".00"),
                ("quotient", f"\\frac{{{n * 3}}}{{3}}"), ("name", f"x = {gold}"),
                ("text-number", f"\\text{{{gold}}}"), ("slash-quotient", f"{n * 2}/2"),
                ("noun", gold + rng.choice([" apples", "\\text{ units}", " points"])),
                ("bold", f"\\mathbf{{{gold}}}"), ("plus", f"+{gold}" if n > 0 else gold)]
        if abs(n) >= 1000:
            out += [("thousands", grouped(n, s)) for s in (",", "{,}", ",\\!", "\\,")]
            if n % 100 == 0:
                out.append(("scientific", f"{n // 100} \\times 10^2"))
        if 0 <= n <= 20:
            out += [("word", WORDS[n]), ("word", WORDS[n].capitalize())]
        if n > 1 and n < 10**6:
            out += [("sum", f"{n - 1} + 1"), ("product", f"2 \\cdot {n} - {n}"), ("money", f"\\${n}")]
        if n < 0:
            out.append(("unicode-minus", gold.replace("-", "−")))
    if match := FRACTION.match(gold):
        sign, a, b = match.group(1), int(match.group(2)), int(match.group(3))
        exact = Fraction(a, b) * (-1 if sign else 1)
        out += [("slash", f"{sign}{a}/{b}"), ("slash", f"({sign}{a})/{b}" if sign else f"{a} / {b}"),
                ("sign-inside", f"\\frac{{{sign}{a}}}{{{b}}}"),
                ("unreduced", f"{sign}\\frac{{{a * 3}}}{{{b * 3}}}"),
                ("long-decimal", f"{float(exact):.10f}"), ("name", f"x={gold}"),
                ("division", f"{sign}{a} \\div {b}")]
        if a > b and a % b:
            out += [("mixed", f"{sign}{a // b}\\frac{{{a % b}}}{{{b}}}"),
                    ("mixed-plain", f"{sign}{a // b} {a % b}/{b}")]
        rest = b
        for prime in (2, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            digits = f"{float(exact):.12f}".rstrip("0")
            if Fraction(digits) == exact:
                out.append(("terminating", digits))
    if DECIMAL.match(gold):
        exact = Fraction(gold)
        out += [("trailing-zero", gold + "0"), ("fraction", f"\\frac{{{exact.numerator}}}{{{exact.denominator}}}"),
                ("leading-zero", gold.replace("0.", ".", 1) if gold.startswith("0.") else gold)]
    if match := SURD.match(gold):
        sign, a, b = match.group(1), match.group(2) or "1", match.group(3)
        number = (-1 if sign else 1) * int(a) * math.sqrt(int(b))
        out += [("surd-product", f"{sign}{a} \\cdot \\sqrt{{{b}}}"), ("folded", f"{sign}\\sqrt{{{int(a)**2 * int(b)}}}"),
                ("surd-unicode", f"{sign}{match.group(2)}√{b}"), ("surd-plain", f"{sign}{a}*sqrt({b})"),
                ("half-power", f"{sign}{a} \\cdot {b}^{{1/2}}"), ("long-decimal", f"{number:.10f}"),
                ("surd-no-brace", f"{sign}{match.group(2)}\\sqrt{b}" if len(b) == 1 else gold)]
    if match := SURD_OVER.match(gold):
        sign, a, b, c = match.group(1), match.group(2) or "1", match.group(3), match.group(4)
        out += [("factor-out", f"{sign}\\frac{{{a}}}{{{c}}}\\sqrt{{{b}}}"),
                ("unrationalised", f"{sign}\\frac{{{int(a) * int(b)}}}{{{c}\\sqrt{{{b}}}}}"),
                ("surd-slash", f"{sign}{a}*sqrt({b})/{c}")]
    if match := PI.match(gold):
        a = match.group(1) or "1"
        out += [("pi-product", f"{a} \\cdot \\pi"), ("pi-unicode", f"{match.group(1)}π"), ("pi-first", f"\\pi \\cdot {a}"),
                ("pi-plain", f"{a}*pi"), ("long-decimal", f"{int(a) * math.pi:.9f}")]
    if match := PI_OVER.match(gold):
        sign, a, b = match.group(1), match.group(2) or "1", match.group(3)
        out += [("factor-out", f"{sign}\\frac{{{a}}}{{{b}}}\\pi"), ("pi-slash", f"{sign}{match.group(2)}\\pi/{b}")]
    if match := DEGREES.match(gold):
        n = match.group(1)
        out += [("degree-drop", n), ("degree-sign", n + "°"), ("degree-word", n + " degrees"),
                ("degree-text", n + "\\text{ degrees}"), ("degree-brace", n + "^{\\circ}")]
    if match := PERCENT.match(gold):
        n = match.group(1)
        out += [("percent-plain", n + "%"), ("percent-word", n + " percent"), ("percent-drop", n),
                ("percent-value", str(float(Fraction(n) / 100)))]
    if match := MONEY.match(gold):
        n = match.group(1)
        out += [("money-drop", n), ("money-word", n + " dollars"), ("money-text", n + "\\text{ dollars}"), ("money-plain", "$" + n)]
    if match := UNIT.match(gold):
        n, unit, power = match.group(1), match.group(2).strip(), match.group(3) or ""
        out += [("unit-drop", n), ("unit-rm", f"{n} \\mathrm{{{unit}}}{power}"), ("unit-plain", f"{n} {unit}{power}")]
    if match := COMPLEX.match(gold):
        a, sign, b = match.groups()
        out += [("complex-order", f"{'-' if sign == '-' else ''}{b}i {'' if a.startswith('-') else '+'}{a}"),
                ("complex-product", f"{a} {sign} {b or 1} \\cdot i")]
    if match := BASE.match(gold):
        sign, digits, base = match.groups()
        out += [("base-brace", f"{sign}{digits}_{{{base}}}"), ("base-text", f"{sign}{digits}_{{\\text{{{base}}}}}")]
    if parts := parts_of(gold):
        shuffled = parts[:]
        rng.shuffle(shuffled)
        out += [("list-order", ", ".join(shuffled)), ("list-set", "\\{" + ", ".join(shuffled) + "\\}"),
                ("list-and", ", ".join(parts[:-1]) + " \\text{ and } " + parts[-1]),
                ("list-or-names", " or ".join("x = " + part for part in parts))]
    if found := tuple_of(gold):
        left, parts, right = found
        out.append(("tuple-spaces", f"{left} {' , '.join(parts)} {right}"))
        if all(INTEGER.match(part) for part in parts):
            out.append(("tuple-decimals", left + ", ".join(part + ".0" for part in parts) + right))
        if "infty" in gold or "[" in gold or "]" in gold:
            low, high = parts
            if "infty" not in gold:
                a, b = ("\\le" if left == "[" else "<"), ("\\le" if right == "]" else "<")
                out += [("interval-inequality", f"{low} {a} x {b} {high}"), ("interval-member", f"x \\in {gold}")]
            elif "infty" in high and "infty" not in low:
                out.append(("interval-inequality", f"x {GREATER[left]} {low}"))
            elif "infty" in low and "infty" not in high:
                out.append(("interval-inequality", f"x {LESS[right]} {high}"))
    if "\\cup" in gold and gold.count("\\cup") <= 2 and "\\left" not in gold and "{" not in gold:
        pieces = [piece.strip() for piece in gold.split("\\cup")]
        out.append(("union-order", " \\cup ".join(reversed(pieces))))
    if terms := terms_of(gold):
        shuffled = terms[:]
        rng.shuffle(shuffled)
        text = "".join(t if t[0] in "+-" else "+" + t for t in shuffled)
        out.append(("term-order", text[1:] if text[0] == "+" else text))
        out.append(("product-sign", re.sub(r"(\d)([a-z])", r"\1 \\cdot \2", gold)))
        names = set(re.findall(r"[a-z]", gold))
        out.append(("function-name", f"{'f(' + sorted(names)[0] + ')' if len(names) == 1 and 'f' not in names else 'P'} = {gold}"))
    if rows := matrix_of(gold):
        body = " \\\\ ".join(" & ".join(row) for row in rows)
        out += [("bmatrix", f"\\begin{{bmatrix}} {body} \\end{{bmatrix}}"),
                ("array", f"\\left[\\begin{{array}}{{{'c' * len(rows[0])}}} {body} \\end{{array}}\\right]")]
    if match := re.match(r"^\\text\{\(?([A-Za-z]+)\)?\}$", gold):
        word = match.group(1)
        if len(word) == 1:
            out += [("letter", word), ("letter-bracket", f"({word})"), ("letter-bold", f"\\textbf{{({word})}}"), ("letter-rm", f"\\mathrm{{{word}}}")]
        else:
            out += [("text-plain", word), ("text-case", word.upper()), ("text-bold", f"\\textbf{{{word}}}")]
    if match := re.match(r"^([a-z]) ?= ?(.+)$", gold):
        out += [("name-drop", match.group(2)), ("sides-swapped", f"{match.group(2)} = {match.group(1)}")]
    return out


def bump(text, rng):
    """One number of a text changed, or None."""
    numbers = list(re.finditer(r"(?<![.\d])\d+(?![.\d])", text))
    if not numbers:
        return None
    match = rng.choice(numbers)
    n = int(match.group())
    return text[:match.start()] + str(n + rng.choice([1, 2, 10]) if rng.random() < 0.7 or n == 0 else n - 1) + text[match.end():]


def negatives(gold, neighbour, rng):
    """(kind, decoy) pairs that all differ from gold."""
    out = [("neighbour", neighbour)]
    changed = bump(gold, rng)
    if changed and not re.match(r"^-?\d+\s*\\[dt]?frac", gold):
        out.append(("number-changed", changed))
    if not re.match(r"^[-+]", gold) and not re.search(r"[,=<>(\[]|pm|text|mbox|begin|_|\\%|\\\$", gold) and gold != "0":
        out.append(("sign-flip", f"-{gold}" if not re.search(r".[+-]", gold) else f"-({gold})"))
    elif re.fullmatch(r"-[\d.]+", gold):
        out.append(("sign-flip", gold[1:]))
    if INTEGER.match(gold):
        n = int(gold)
        if n:
            out += [("percent-added", f"{gold}\\%"), ("name-name", f"{n}x"), ("magnitude", str(n * 10))]
        out += [("off-by-one", str(n + rng.choice([-1, 1]))), ("near-decimal", f"{n}.{rng.choice([1, 5, 25])}"),
                ("two-values", f"{n} \\text{{ or }} {n + rng.choice([1, 2, 5])}"),
                ("listed", f"{n}, {n + 1}"), ("prose", f"either {n} or {n + 1}"), ("reciprocal", f"\\frac{{1}}{{{n}}}" if abs(n) > 1 else str(n + 2)),
                ("inequality", f"x > {n}")]
        digits = gold.lstrip("-")
        if len(digits) >= 2 and digits[0] != digits[1]:
            out.append(("digits-swapped", gold.replace(digits[:2], digits[1] + digits[0], 1)))
        if len(digits) >= 7:
            out.append(("big-off-by-one", grouped(n + 1, ",")))
    if match := FRACTION.match(gold):
        sign, a, b = match.group(1), int(match.group(2)), int(match.group(3))
        exact = Fraction(a, b) * (-1 if sign else 1)
        out += [("inverted", f"{sign}\\frac{{{b}}}{{{a}}}"), ("two-values", f"{gold} \\text{{ or }} {sign}\\frac{{{a + 1}}}{{{b}}}")]
        short = f"{float(exact):.2f}"
        if Fraction(short) != exact:
            out.append(("coarse-decimal", short))
        if a > b and a % b:
            out.append(("mixed-as-product", f"{sign}{a // b} \\cdot \\frac{{{a % b}}}{{{b}}}"))
    if match := SURD.match(gold):
        sign, a, b = match.group(1), match.group(2) or "1", match.group(3)
        number = (-1 if sign else 1) * int(a) * math.sqrt(int(b))
        out += [("coarse-decimal", f"{number:.2f}"), ("radicand", f"{sign}{match.group(2)}\\sqrt{{{int(b) + 1}}}"),
                ("root-dropped", f"{sign}{int(a) * int(b)}")]
    if match := PI.match(gold):
        out += [("pi-dropped", match.group(1) or "1"), ("coarse-decimal", f"{int(match.group(1) or 1) * 3.14:.2f}"),
                ("pi-power", gold + "^2")]
    if match := UNIT.match(gold):
        unit = match.group(2).strip()
        if unit in OTHER_UNIT:
            out.append(("wrong-unit", f"{match.group(1)} \\text{{ {OTHER_UNIT[unit]}}}{match.group(3) or ''}"))
    if match := MONEY.match(gold):
        out.append(("wrong-unit", f"{match.group(1)} cents"))
    if match := DEGREES.match(gold):
        out.append(("wrong-unit", f"{match.group(1)} \\text{{ radians}}"))
    if match := PERCENT.match(gold):
        out.append(("percent-scale", str(float(Fraction(match.group(1)) / 10))))
    if match := COMPLEX.match(gold):
        a, sign, b = match.groups()
        out += [("conjugate", f"{a} {'+' if sign == '-' else '-'} {b}i"), ("real-part", a)]
    if match := BASE.match(gold):
        sign, digits, base = match.groups()
        out += [("base-changed", f"{sign}{digits}_{{{int(base) + 1}}}")]
    if parts := parts_of(gold):
        out += [("subset", ", ".join(parts[:-1])), ("superset", ", ".join(parts + ["97"])), ("one-of", rng.choice(parts))]
    if found := tuple_of(gold):
        left, parts, right = found
        if canonical(parts[0]) != canonical(parts[-1]) and "infty" not in gold:
            out.append(("reversed", left + ", ".join(reversed(parts)) + right))
        if "infty" in gold or "[" in gold:
            swap = {"(": "[", "[": "(", ")": "]", "]": ")"}
            if "infty" not in parts[0]:
                out.append(("other-bracket", swap[left] + ", ".join(parts) + right))
            else:
                out.append(("other-bracket", left + ", ".join(parts) + swap[right]))
        out.append(("subset", left + ", ".join(parts[:-1]) + right if len(parts) > 2 else parts[0]))
    if "\\cup" in gold:
        pieces = [piece.strip() for piece in gold.split("\\cup")]
        out += [("subset", pieces[0]), ("cap", gold.replace("\\cup", "\\cap"))]
    if terms := terms_of(gold):
        index = rng.randrange(len(terms))
        flipped = terms[:]
        flipped[index] = ("+" if flipped[index][0] == "-" else "-") + flipped[index].lstrip("+-")
        out.append(("term-sign", "".join(flipped).lstrip("+")))
        out.append(("term-dropped", "".join(terms[:-1])))
        names = re.findall(r"[a-z]", gold)
        other = next(n for n in "tuvwz" if n not in names)
        out.append(("renamed", gold.replace(names[0], other)))
    if rows := matrix_of(gold):
        turned = [list(column) for column in zip(*rows)] if len({len(r) for r in rows}) == 1 else rows
        if turned != rows:
            out.append(("transposed", "\\begin{pmatrix} " + " \\\\ ".join(" & ".join(r) for r in turned) + " \\end{pmatrix}"))
    if match := re.match(r"^\\text\{\(?([A-Z])\)?\}$", gold):
        other = rng.choice([c for c in "ABCDEF" if c != match.group(1)])
        out += [("other-letter", f"\\text{{({other})}}"), ("two-letters", f"{match.group(1)} or {other}")]
    if match := re.match(r"^([a-z]) ?= ?(.+)$", gold):
        out.append(("other-name", f"{'q' if match.group(1) != 'q' else 'r'} = {match.group(2)}"))
    return [(kind, text) for kind, text in out if kind in ("two-values", "listed", "prose", "percent-added", "inequality", "name-name")
            or differ(gold, text)]


def wrap(answer, rng):
    """A trace that states an answer, with distracting text."""
    bare = answer.strip("$ ")
    plain = "\\" not in answer
    lead = rng.choice(["We compute step by step. First $2+3=5$, so we continue.\n\n",
                       "Let $x$ be the unknown. Then $x^2 = 16$ gives $x = 4$.\n",
                       "<think>Maybe the answer is 77? Let me check: 3*4=12.</think>\n",
                       "Try small cases: the result is $1$ there.\n", "So far so good.\n"])
    forms = [f"Thus the answer is $\\boxed{{{bare}}}$.", f"\\[\\boxed{{{bare}}}\\]", f"Hence \\fbox{{{bare}}}.",
             f"The final answer is ${bare}$." if "$" not in bare else f"The final answer is \\boxed{{{bare}}}.",
             f"**Answer:** {answer}", f"<answer>{answer}</answer>", f"#### {answer}"]
    if plain and "." not in bare:
        forms.append(f"So the answer is {answer}.")
    form = rng.choice(forms)
    if "boxed" in form and rng.random() < 0.3:
        lead += "One might write \\boxed{1}, but that is only the first case.\n"
    return lead + form


UNSTATED = ["I am not sure how to finish this; the steps give {} and {} along the way.",
            "We get {} + {} at this point and continue with the next case, which is similar.",
            "First, {} of them leave. Then {} come back. There is not enough information.",
            "\\boxed{{}} but we had {} and {} before.", "The remaining steps use {} and {}; so we write \\boxed{{"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--math", required=True, help="MATH test rows with problem, solution, type")
    arguments.add_argument("--gsm8k", required=True, help="GSM8K rows with question, answer")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--count", type=int, default=4000)
    arguments.add_argument("--answers-only", action="store_true", help="no traces, only extracted answers")
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    rows = []
    with open(options.math, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            rows.append((last_box(row["solution"]).strip(), row["problem"], row["type"]))
    rare = [row for row in rows if not INTEGER.match(row[0])]
    with open(options.gsm8k, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            rows.append((row["answer"].split("####")[-1].strip().replace(",", ""), row["question"], "gsm8k"))
    by_type = {}
    for row in rows:
        by_type.setdefault(row[2], []).append(row[0])
    made = 0
    while made < options.count:
        gold, question, group = rng.choice(rare if rng.random() < 0.5 else rows)
        if "\n" in gold or not gold:
            continue
        label = rng.random() < 0.5
        key = "answer" if options.answers_only or rng.random() < 0.5 else "trace"
        if not label and key == "trace" and rng.random() < 0.15:
            kind, text = "unstated", rng.choice(UNSTATED).format(
                gold if INTEGER.match(gold) else 7, rng.randrange(2, 90))
        else:
            if label:
                kind, answer = rng.choice(positives(gold, rng))
            else:
                choices = negatives(gold, rng.choice(by_type[group]), rng)
                if not choices:
                    continue
                kind, answer = rng.choice(choices)
            # What a percent sign means depends on the question: keep only clear cases.
            if kind == "percent-added" and re.search(r"percent|\\%", question):
                continue
            text = wrap(answer, rng) if key == "trace" else answer
        row = {"id": f"{options.seed}-{made}", "gold": gold, key: text, "label": label,
               "kind": ("+" if label else "-") + kind, "question": question}
        print(json.dumps(row, ensure_ascii=False))
        made += 1


if __name__ == "__main__":
    main()
