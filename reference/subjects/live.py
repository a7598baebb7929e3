"""What lives in the student's kernel and can be asked: what layers, cells and functions have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from grader.pack.pictures import Diagram, Losses, Parameters
from grader.pack.verdict import Missed, Outcome, Todo, expect, miss
from reference.checks import drawing
from reference.checks.cell_diagram import cell_diagram
from reference.checks.comparing import (
    Trial,
    holds_as_it_is,
    recognise,
    try_step,
    try_step_as_it_is,
    verdict,
)
from reference.checks.counting import likely_cause, wanted
from reference.checks.own_runs import require_the_same
from reference.checks.peephole_weights import cell_state_bends, has_peephole_weights
from reference.checks.peepholes import gates_that_see
from reference.checks.running import require_hidden_output, require_working_code, runs_on_a_batch, takes_several
from reference.checks.training import contains, loss_falls
from reference.loops.weights_of_layers import cut_along_rows, misread, named_in_another_order
from reference.recurrent import expected
from reference.recurrent.kinds import KINDS, LSTM, PEEPHOLE_LSTM, Kind, has_states, kind_of, may_be
from reference.recurrent.measure import is_bounded, unused_weights
from reference.recurrent.recognise import Recognition
from reference.subjects.inner_cell import cell_of
from reference.subjects.subject import OneWay


@dataclass(frozen=True, eq=False)
class Live(OneWay):
    """A layer, cell or function of an answer. Without a kind that is `asked` for, it is taken for what it is."""

    answer: Answer
    layer: Layer
    asked: Kind | None = None

    @property
    def label(self) -> str:
        """As of the layer."""
        return self.layer.label

    @property
    def kind(self) -> Kind:
        """The kind that it is held against; ends the check where it is of none that we know."""
        own = (kind for kind in KINDS if may_be(self.layer, kind))
        kind = self.asked or kind_of(self.layer) or next(own, None)
        if kind is None:
            miss(f"Your {self.label} is of no kind that we know.", expected="SimpleRNN, LSTM or GRU")
        return kind

    # ----- what is asked, and how: others answer otherwise -----

    def core_of(self, layer: Layer) -> Layer:
        """What computes a step for this layer, which may be a built copy of its own: its cell."""
        return cell_of(self.answer, layer)

    def attempt(self, core: Layer) -> Trial:
        """Run it on random numbers."""
        return try_step(self.answer, core)

    def unused(self, core: Layer) -> list[str]:
        """The names of weights that nothing uses."""
        return unused_weights(core, self.answer.rng)

    def bounded(self, core: Layer) -> bool:
        """Whether its cell state grows at most as that of an LSTM."""
        rng = self.answer.rng
        return is_bounded(core, rng, which=1, weights=core.random_weights(rng))

    def require_hidden_output(self, built: Layer) -> None:
        """End the check where a cell of the student's own gives for a step what is not its hidden state."""
        if built.cell is None or built.cell.facts.custom:
            require_hidden_output(self.core_of(built), self.answer.rng)

    @abstractmethod
    def require_unrolling(self, core: Layer) -> None:
        """End the check where over a sequence it does not give what its cell gives, step after step."""

    @abstractmethod
    def output_of(self, built: Layer) -> Outcome:
        """What it gives has the right shape."""

    # ----- answers -----

    def parameters(self) -> Outcome:
        """The number of parameters is that of its kind, for the student's own sizes."""
        built, kind = self.layer.built(), self.kind
        if not built.units:
            miss(f"Your {built.facts.class_name} has no units.", expected="at least one unit", observed=0)
        self._require_use(built)
        found = self.core_of(built).parameters
        count = wanted(kind, built, found)
        return expect(found, "Number of parameters").equals(
            count.value, count.worked, otherwise=lambda: likely_cause(built, kind)
        )

    def _require_use(self, built: Layer) -> None:
        """End the check where the weights are not those of a step, or a step does not use them."""
        core = self.core_of(built)
        idle = [] if self.is_proved(core) else self.unused(core)
        if idle or not (built.is_cell or built.weight_shapes == core.every_weight_shape):
            names = ", ".join(idle) or "weights outside of its cell"
            miss(
                f"Of the weights of your {built.label} a step does not use {names}: they can be anything without "
                "effect.",
                todo=Todo("Use each weight of the layer in its step."),
                expected="weights that are used",
                observed=names,
            )

    def is_proved(self, core: Layer) -> bool:
        """Whether its numbers are those of its kind, by some convention."""
        try:
            return self.recognised(core).accepted
        except Missed:  # of which the check of the step tells
            return False

    def is_known(self, core: Layer) -> bool:
        """Whether its numbers are those of its kind, or of a mistake that has a name."""
        try:
            found = self.recognised(core)
        except Missed:  # where its output is not its state, the states tell
            return self.answer.once(("known", self.kind.name, core.facts.ref), lambda: self._has_known_states(core))
        return found.right or found.slip is not None

    def _has_known_states(self, core: Layer) -> bool:
        try:
            trial = try_step(self.answer, core, whatever_output=True)
        except Missed:
            return False
        found = recognise(self.kind, trial.readings(self.kind, core), trial)
        return found.right or found.slip is not None

    def recognised(self, core: Layer) -> Recognition:
        """Whose numbers it gives on random weights; every weight has a part in them if accepted."""
        return self.answer.once(("recognised", self.kind.name, core.facts.ref), lambda: self._recognise(core))

    def _recognise(self, core: Layer) -> Recognition:
        trial = self.attempt(core)
        found = recognise(self.kind, trial.readings(self.kind, core), trial)
        if found.right and core.facts.custom and core.is_cell:
            self._require_the_same_as_it_is(core, trial)
        if found.accepted and (core.facts.custom or self.layer.facts.custom):
            require_the_same(self.kind, self.layer, core, trial)
        return found

    def _require_the_same_as_it_is(self, core: Layer, trial: Trial) -> None:
        """End the check where code of the student's own is right with other weights alone than those that it has."""
        as_it_is = try_step_as_it_is(self.answer, core)
        if as_it_is is not None and not holds_as_it_is(self.kind, core, trial, as_it_is):
            miss(
                f"With other weights one step of your {self.label} is right, but with those that it has it is not.",
                expected="the same step whatever the weights are",
                observed="another step",
            )

    def require_use(self) -> None:
        """End the check where a layer was made and nothing else: of what it computes nothing was seen."""
        if not (self.layer.facts.built or self.layer.facts.calls):
            miss(
                f"Your {self.label} was made, and never built or run: nothing is seen of what it computes. Put it into "
                "a model with an input, or call it on data.",
                expected="a layer that is run",
                observed="a layer that is only made",
            )

    def computes(self) -> Outcome:
        """One step gives the numbers of the reference, in whatever layout the weights are."""
        self.require_use()
        core, kind = self.core_of(self.layer), self.kind
        if not has_states(core, kind):
            held = len(core.facts.state_sizes)
            miss(
                f"{kind.name.capitalize()} carries {kind.states} state(s) from step to step, your {core.label} {held}.",
                expected=kind.states,
                observed=held,
            )
        found = self.recognised(core)
        if found.accepted:
            self.require_unrolling(core)
            self._require_right_reading()
        return verdict(found, f"One step of your {self.label}", kind.name)

    def _require_right_reading(self) -> None:
        """End the check where the answer computes with the weights of this layer, and takes them for others."""
        wrong = "" if self.layer.facts.custom else misread(self.answer, self.kind)
        if wrong:
            miss(f"{wrong} So they compute something else than your {self.label}.", observed="other states")

    def states(self) -> Outcome:
        """It gives its hidden state, in the shape that its settings promise."""
        require_working_code(self.answer)
        self.require_use()
        built = self.layer.built()
        self.require_hidden_output(built)
        return self.output_of(built)

    @property
    def model(self) -> Layer | None:
        """The last model around it."""
        return next((model for model in reversed(self.answer.models) if contains(model, self.layer)), None)

    def answers(self) -> Outcome:
        """The model around it, or itself, answers a new batch with finite numbers.

        What a model with several inputs is to be given together, nobody knows: there its own states tell.
        """
        model = self.model
        if model is None:
            self.require_use()
        elif takes_several(model) or self.layer.setting("time_major") is True:
            return self.states()
        return runs_on_a_batch(self.answer, model or self.layer.built())

    def trains(self) -> Outcome:
        """A model with it was trained, and the loss fell."""
        return loss_falls(self.answer, self.layer)

    def weights(self) -> Outcome:
        """Its weights have the shapes of those of an LSTM, one block of columns for each gate."""
        if not self.layer.facts.built:
            miss(
                f"Your {self.label} has no weights yet: they are made when it is given an input for the first time.",
                todo=Todo("Give the layer an input: its weights are made then."),
                expected="a layer with weights",
                observed="no weights",
            )
        self._require_right_reading()
        if named_in_another_order(self.answer):
            miss(
                f"`get_weights()` of your {self.label} gives the kernel first, and then the recurrent kernel: you call "
                "the first one recurrent.",
                expected="kernel, recurrent kernel, bias",
                observed="recurrent kernel, kernel",
            )
        if cut_along_rows(self.answer, self.kind):
            miss(
                f"You cut a kernel of your {self.label} along its rows, which are inputs: the gates are blocks of its "
                "columns (axis=1).",
                expected="one block of columns for each gate",
                observed="blocks of rows",
            )
        core = self.core_of(self.layer)
        shapes = expected.weights(core.units or 0, core.inputs or 0, gates=LSTM.gates)
        return expect(tuple(core.weight_shapes), "Shapes of the weights").equals(
            tuple(shapes), "kernel, recurrent kernel, bias; gates in the order i, f, candidate, o"
        )

    def peephole_weights(self) -> Outcome:
        """It has one weight more for each unit and gate than a plain LSTM."""
        core = self.core_of(self.layer)
        return has_peephole_weights(
            self.layer, core, lambda: self.unused(core), lambda: self.bounded(core), lambda: self.is_known(core)
        )

    def sees_its_cell_state(self) -> Outcome:
        """Measured: its next cell state bends with the last one."""
        self.require_use()
        core = self.core_of(self.layer)
        bends = cell_state_bends(core, self.answer.rng)
        if bends.share and not self.is_known(core):
            miss(
                "The next cell state bends with the last one, but your step is not that of a peephole LSTM, nor one "
                "with a mistake that we know: what bends is not shown to be a gate. Compare it with the equations.",
                expected="gates that see the cell state",
                observed="other numbers",
            )
        return bends

    # ----- pictures -----

    def blocks(self) -> Iterator[Parameters]:
        """Those of its cell."""
        return drawing.parameters(self.core_of(self.layer), self.layer, self.kind)

    def losses(self) -> Iterator[Losses]:
        """Of `fit`, or of a loop of the student's own."""
        return drawing.losses(self.answer, self.layer)

    def gates(self) -> Iterator[Diagram]:
        """Measured from outside."""
        core = self.core_of(self.layer)
        if has_states(core, PEEPHOLE_LSTM):
            yield cell_diagram(gates_that_see(core, self.answer.rng))
