"""An association as it is being told: who is in it by now, and what has yet to happen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from associations.conduct import checking
from associations.tenancy import scope
from config.demo import acts, facts, intake, sanctions
from config.demo.cast import SIGNED, name_of
from config.demo.hands import open_desks
from config.demo.life import life_of
from config.demo.scenes import Scene, play
from config.demo.schooling import School

if TYPE_CHECKING:
    from associations.members.models import Membership
    from config.demo.hands import Hand
    from config.demo.life import Told
    from config.demo.roll import Roll
    from config.demo.sanctions import Found
    from core.accounts.models import User


@dataclass(slots=True)
class Stage:
    """One association. `at` is the day until which it has been told; `members` are by name."""

    hand: Hand
    roll: Roll
    past: list[tuple[str, Found]]
    lives: dict[str, list[Told]]
    school: School
    users: dict[str, User]
    seed: int
    today: date
    at: date = date.min
    played: date = date.min
    scenes: list[Scene] = field(default_factory=list)
    members: dict[str, Membership] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.hand.tenant.slug

    def part(self, key: str) -> Membership:
        """The member who plays a part."""
        return self.members[name_of(key, self.slug)]

    def until(self, day: date) -> None:
        """Tell the association from the day after `at` to `day`, that day included."""
        self.play(day)
        with scope.of(self.hand.association):
            self._join(day)
            self._judge(day)
            for each in self.roll.joining:
                if each.left_on and not each.expelled and self.at < each.left_on <= day:
                    checking.leave(
                        membership=self.members[each.name],
                        on=each.left_on,
                        reason="会员申请退会",
                        by=self.hand.clerk,
                    )
            facts.write(self.hand, self.lives, self.members, after=self.at, until=day)
            self.school.until(day, self.members)
        if self.at == date.min:
            open_desks(self.hand, self.users)
        self.at = day

    def play(self, day: date) -> None:
        """Play the scenes up to `day`. Before what is loaded, which has the last day's date."""
        play(self.scenes, self.hand.association, after=self.played, until=day, today=self.today)
        self.played = day

    def _join(self, day: date) -> None:
        new = [each for each in self.roll.joining if self.at < each.joined_on <= day]
        self.members |= intake.enter(self.hand, new, self.seed)
        signed = {name_of("agency", self.slug): SIGNED} if self.slug == "city" and self.at == date.min else {}
        intake.sign(roll=self.roll, new=new, members=self.members, seed=self.seed, given=signed)

    def _judge(self, day: date) -> None:
        due = [(number, each) for number, each in self.past if self.at < each.decided_on <= day]
        sanctions.record(self.hand, due, self.members, self.seed)


def stage_of(hand: Hand, roll: Roll, users: dict[str, User], seed: int, today: date) -> Stage:
    """The association with everything drawn that is to happen in it, before its first day."""
    drawn = sanctions.draw(roll, seed, today)
    roll = sanctions.without(roll, drawn)
    lives = {each.name: life_of(each, seed, today) for each in roll.joining}
    if hand.tenant.slug == "city":
        name = name_of("templated", "city")
        lives[name] = acts.templated_month(lives[name])
    stage = Stage(
        hand=hand,
        roll=roll,
        past=sanctions.numbered(hand.tenant.series, [*drawn, *acts.past_of_the_cast(hand, today)]),
        lives=lives,
        school=School(hand, roll, seed, today),
        users=users,
        seed=seed,
        today=today,
    )
    stage.scenes = acts.scenes_of(stage)
    return stage
