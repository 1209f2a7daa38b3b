package com.listingsync.producer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.Polling;
import com.listingsync.producer.schedule.Lane.Role;
import com.listingsync.producer.source.Pass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AgendaTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(1));
    private static final Polling POLLING = new Polling(Duration.ofMinutes(15), Duration.ofMinutes(1));
    private static final Lane PROPERTY = new Lane("property", Set.of("property"), POLLING, Role.PARENT);
    private static final Lane MEDIA = new Lane("media", Set.of("media"), POLLING, Role.CHILD);

    private final List<String> done = new ArrayList<>();
    private final Timetable timetable = new Timetable(Map.of("property", POLLING, "media", POLLING), new Random(1));
    private static final Predicate<String> NOTHING = feed -> false;

    private final Agenda agenda = new Agenda(List.of(PROPERTY, MEDIA), timetable);

    @Test
    void readsWhatIsDueSideBySideInOneRun() {
        timetable.begin(NOW);

        List<Agenda.Start> starts = start("s1");

        assertThat(starts).extracting(Agenda.Start::lane).containsExactly(PROPERTY, MEDIA);
        assertThat(starts).allSatisfy(start -> {
            assertThat(start.pass().run()).isEqualTo("s1");
            assertThat(start.pass().trigger()).isEqualTo(Pass.Trigger.SCHEDULE);
        });
    }

    @Test
    void readsTogetherWhatIsDueAtAboutTheSameTime() {
        timetable.begin(NOW);
        start("s1").forEach(start -> agenda.ended(start, PassEnd.NOTHING, LATER));
        Instant first = agenda.nextDue().orElseThrow();

        List<Agenda.Start> starts = agenda.takeStartable(first, () -> "s2", NOTHING);

        assertThat(starts).hasSize(2);
        assertThat(starts).allSatisfy(start -> assertThat(start.pass().run()).isEqualTo("s2"));
    }

    @Test
    void startsNothingBeforeSomethingIsDue() {
        timetable.begin(NOW);
        start("s1").forEach(start -> agenda.ended(start, PassEnd.NOTHING, LATER));

        assertThat(agenda.takeStartable(agenda.nextDue().orElseThrow().minusMillis(1), () -> "s2", NOTHING))
                .isEmpty();
    }

    @Test
    void makesCommandsOfALaneInTheirOrderBeforeWhatIsDue() {
        timetable.begin(NOW);
        ask("r1", "media");
        ask("r2", "media");

        Agenda.Start first = only(MEDIA, start("s1"));
        agenda.ended(first, PassEnd.NOTHING, LATER);
        Agenda.Start second = only(MEDIA, start("s2"));

        assertThat(first.pass().run()).isEqualTo("r1");
        assertThat(second.pass().run()).isEqualTo("r2");
        assertThat(done).containsExactly("r1");
    }

    @Test
    void makesACommandAfterThePassThatIsUnderWay() {
        timetable.begin(NOW);
        Agenda.Start scheduled = only(MEDIA, start("s1"));

        ask("r1", "media");

        assertThat(start("s2")).isEmpty();
        assertThat(agenda.waiting(MEDIA)).isEqualTo(1);
        agenda.ended(scheduled, PassEnd.NOTHING, LATER);
        assertThat(only(MEDIA, start("s3")).pass().run()).isEqualTo("r1");
    }

    @Test
    void isDoneWithACommandWhenItsLastLaneIs() {
        ask("r1", "property", "media");
        List<Agenda.Start> starts = start("s1");

        agenda.ended(starts.get(1), PassEnd.NOTHING, LATER);
        assertThat(done).isEmpty();

        agenda.ended(starts.get(0), PassEnd.TROUBLE, LATER);
        assertThat(done).containsExactly("r1");
    }

    @Test
    void isDoneAtOnceWithACommandOverNothing() {
        ask("r1");

        assertThat(done).containsExactly("r1");
    }

    @Test
    void letsAQuickLaneGoOnBesideASlowOne() {
        timetable.begin(NOW);
        Agenda.Start property = only(PROPERTY, start("s1"));

        agenda.ended(property, PassEnd.NOTHING, LATER);

        assertThat(agenda.nextDue()).isEqualTo(timetable.due("property"));
        List<Agenda.Start> next = agenda.takeStartable(timetable.due("property").orElseThrow(), () -> "s2", NOTHING);
        assertThat(next).extracting(Agenda.Start::lane).containsExactly(PROPERTY);
    }

    @Test
    void makesBrokenOffCommandsAgainFirst() {
        ask("r1", "media");
        ask("r2", "media");
        start("s1");

        agenda.putBack();

        assertThat(only(MEDIA, start("s2")).pass().run()).isEqualTo("r1");
        assertThat(done).isEmpty();
    }

    @Test
    void bringsChildrenForwardWhenTheirParentsChanged() {
        timetable.begin(NOW);
        List<Agenda.Start> starts = start("s1");
        agenda.ended(starts.get(1), PassEnd.NOTHING, LATER);

        agenda.ended(starts.get(0), PassEnd.CHANGES, LATER);

        assertThat(timetable.due("media")).contains(LATER.plus(Duration.ofMinutes(1)));
    }

    @Nested
    class WhenParentsWereNeverReadToTheirEnd {

        WhenParentsWereNeverReadToTheirEnd() {
            agenda.parentsUnread(true);
        }

        @Test
        void readsThemBeforeTheirChildren() {
            ask("r1", "property", "media");

            Agenda.Start parents = only(PROPERTY, start("s1"));
            assertThat(start("s2")).isEmpty();
            agenda.ended(parents, PassEnd.CHANGES, LATER);
            agenda.parentsUnread(false);

            assertThat(only(MEDIA, start("s3")).pass().run()).isEqualTo("r1");
        }

        @Test
        void hasNothingDueThatWaitsForThem() {
            timetable.begin(NOW);
            start("s1");

            assertThat(agenda.nextDue()).isEmpty();
        }

        @Test
        void readsChildrenAllTheSameWhenParentsCanNotBeRead() {
            ask("r1", "property", "media");
            agenda.ended(only(PROPERTY, start("s1")), PassEnd.TROUBLE, LATER);

            assertThat(only(MEDIA, start("s2")).pass().run()).isEqualTo("r1");
        }

        @Test
        void readsChildrenThatAloneAreAskedFor() {
            ask("r1", "media");

            assertThat(only(MEDIA, start("s1")).pass().run()).isEqualTo("r1");
        }
    }

    private void ask(String run, String... feeds) {
        agenda.ask(new Pass(run, Pass.Trigger.COMMAND, Set.of(feeds), Set.of(), false), () -> done.add(run));
    }

    private List<Agenda.Start> start(String run) {
        return agenda.takeStartable(LATER, () -> run, NOTHING);
    }

    private static Agenda.Start only(Lane lane, List<Agenda.Start> starts) {
        return starts.stream()
                .filter(start -> start.lane().equals(lane))
                .findFirst()
                .orElseThrow();
    }
}
