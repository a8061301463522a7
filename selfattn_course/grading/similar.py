"""Which submissions of a class are alike, beyond what everyone was given and most people write.

Short right answers look alike by themselves. So two things are told apart: how much code a pair
shares, and how much of that hardly anyone else in the class has. Nothing of a student's is run.
"""

import math
from dataclasses import dataclass
from itertools import combinations

from selfattn_course.grading.fingerprints import Fingerprints, overlap, piece_hashes
from selfattn_course.grading.normal_form import (
    NotComparable,
    Part,
    given_code,
    loose,
    own_parts,
)

THRESHOLD = 0.8
MOST_PAIRS = 200  # listed for one assignment
LEAST_SHARED = 3  # unusual functions that are the same make a pair worth listing by themselves
SHORTEST = 70  # characters of a function's loose form: two short ones may be the same by chance
_MARGIN = 0.1  # by which the quick estimate of an overlap may be below the exact one
_LEAST_PIECES = 20  # unusual ones in a pair of functions that is shown as partly the same


@dataclass(frozen=True)
class Shared:
    """A function that two students share.

    Attributes
    ----------
    name, other_name : str
        What the first and the second student call it.
    source, other_source : str
        As they wrote it.
    same : bool
        The same but for names of one's own, comments and layout; else only in part.
    students : int
        How many students in all have the same.
    wrong : bool
        Whether both were graded as not right.
    """

    name: str
    other_name: str
    source: str
    other_source: str
    same: bool
    students: int
    wrong: bool


@dataclass(frozen=True)
class Pair:
    """Two students whose submissions are alike.

    Attributes
    ----------
    student, other : str
    same_file : bool
        Whether the files are the same, byte for byte.
    overlap, other_overlap : float
        Share of the first student's own code that the second has, and the other way round.
    unusual : int
        Length of the code they share that hardly anyone else has, in characters without blanks.
    own : int
        Length of the code they share that the model answer does not have.
    shared : tuple of Shared
        Unusual functions that they share; the same ones first.
    """

    student: str
    other: str
    same_file: bool
    overlap: float
    other_overlap: float
    unusual: int
    own: int
    shared: tuple[Shared, ...]

    @property
    def same_functions(self):
        """The unusual functions that are the same in both."""
        return tuple(one for one in self.shared if one.same)


@dataclass(frozen=True)
class Comparison:
    """What comparing the submissions for one assignment came to.

    Attributes
    ----------
    assignment : str
    compared : int
        Submissions with code of their own.
    rare : int
        Code counts as unusual if at most so many students have it, and the model answer has not.
    pairs : tuple of Pair
        The same files first, then those that share most unusual code, then those that share
        most code that is not in the model answer.
    more : int
        Pairs that are alike, and not listed since there are too many.
    not_compared : tuple of (student, why)
    """

    assignment: str
    compared: int
    rare: int
    pairs: tuple[Pair, ...]
    more: int
    not_compared: tuple


@dataclass(frozen=True)
class _Code:
    """A submission's own code."""

    submission: object
    parts: tuple[Part, ...]
    wrong: frozenset

    @property
    def text(self):
        return "\n".join(part.loose for part in self.parts)


def compare(assignment, submissions, *, given, model=(), wrong=None, threshold=THRESHOLD):
    """Compare all submissions for one assignment.

    Parameters
    ----------
    assignment : str
        Its slug.
    submissions : sequence of Submission
    given : sequence of str
        Code cells of the notebook that students started from: they count for nothing.
    model : sequence of str
        Code cells of the model answer: they count as shared, but never as unusual.
    wrong : dict, optional
        student -> names of the exercises that were graded as not right.
    threshold : float
        Pairs are listed from this overlap in either direction, or if they share
        `LEAST_SHARED` unusual functions or the whole file.

    Returns
    -------
    Comparison

    Raises
    ------
    CourseError
        If copydetect is not installed.
    """
    known = given_code(given)
    answers = own_parts(model, known)
    codes, not_compared = _codes(submissions, known, wrong or {})
    rare = max(2, math.ceil(math.sqrt(len(codes)) / 2))
    prints = Fingerprints(
        [code.text for code in codes],
        given="\n".join(loose(form) for form in sorted(known.forms)),
        common="\n".join(part.loose for part in answers),
        rare=rare,
    )
    class_ = _Class(codes, prints, _owners(codes, answers, rare))
    found, more = _candidates(class_, threshold - _MARGIN)
    pairs = [pair for i, j in found if _listed(pair := _pair(class_, i, j), threshold)]
    pairs.sort(key=lambda one: (not one.same_file, -one.unusual, -one.own, one.student, one.other))
    return Comparison(assignment, len(codes), rare, tuple(pairs), more, tuple(not_compared))


@dataclass(frozen=True)
class _Class:
    """All code of a class; `owners` are the students that have an unusual function, by its form."""

    codes: list
    prints: Fingerprints
    owners: dict


def _codes(submissions, known, wrong):
    codes, not_compared = [], []
    for one in sorted(submissions, key=lambda submission: submission.student):
        try:
            if one.problem:
                raise NotComparable(one.problem)
            code = _Code(one, own_parts(one.cells, known), frozenset(wrong.get(one.student, ())))
            if not len(piece_hashes(code.text)):
                raise NotComparable("it holds nothing but the given code")
            codes.append(code)
        except NotComparable as problem:
            not_compared.append((one.student, str(problem)))
    return codes, not_compared


def _owners(codes, answers, rare):
    """Numbers of the students that have each function, for those that are unusual and not short."""
    usual = {part.exact for part in answers}
    owners = {}
    for number, code in enumerate(codes):
        for part in code.parts:
            if len(part.loose) >= SHORTEST and part.exact not in usual:
                owners.setdefault(part.exact, set()).add(number)
    return {form: who for form, who in owners.items() if 2 <= len(who) <= rare}


def _candidates(class_, least):
    """Pairs that may be listed, those with most unusual code first, and how many are left out."""
    shared = {}
    for who in class_.owners.values():
        for pair in combinations(sorted(who), 2):
            shared[pair] = shared.get(pair, 0) + 1
    files = {}
    for number, code in enumerate(class_.codes):
        files.setdefault(code.submission.sha256, []).append(number)
    same = {pair for who in files.values() for pair in combinations(who, 2)}
    likely = {pair for pair, count in shared.items() if count >= LEAST_SHARED} | same
    likely |= set(class_.prints.alike(least))
    order = sorted(likely, key=lambda pair: (pair not in same, *class_.prints.rank(*pair), pair))
    return order[:MOST_PAIRS], max(0, len(order) - MOST_PAIRS)


def _listed(pair, threshold):
    alike = max(pair.overlap, pair.other_overlap) >= threshold
    return pair.same_file or alike or len(pair.same_functions) >= LEAST_SHARED


def _pair(class_, i, j):
    one, other = class_.codes[i], class_.codes[j]
    there, back = overlap(class_.prints, i, j)
    return Pair(
        one.submission.student,
        other.submission.student,
        one.submission.sha256 == other.submission.sha256,
        there,
        back,
        class_.prints.unusual(i, j),
        class_.prints.own(i, j),
        _shared(class_, one, other),
    )


def _shared(class_, one, other):
    """Unusual functions of a pair: those that are the same, then those that are so in part."""
    theirs = {part.exact: part for part in other.parts}
    same = [
        (part, theirs[part.exact], len(class_.owners[part.exact]))
        for part in one.parts
        if part.exact in class_.owners and part.exact in theirs
    ]
    seen = {id(part) for pair in same for part in pair[:2]}
    names = {part.name: part for part in other.parts if id(part) not in seen}
    partly = [
        (part, names[part.name], 2)
        for part in one.parts
        if part.name in names and id(part) not in seen and _partly(class_, part, names[part.name])
    ]
    return tuple(
        Shared(a.name, b.name, a.source, b.source, (a, b, n) in same, n, _wrong(one, other, a, b))
        for a, b, n in (*same, *partly)
    )


def _partly(class_, part, other):
    return class_.prints.unusual_in(part.loose, other.loose) >= _LEAST_PIECES


def _wrong(one, other, part, other_part):
    return part.name in one.wrong and other_part.name in other.wrong
