package com.listingsync.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.listingsync.console.api.Job.Kind;
import com.listingsync.console.http.Problem;
import com.listingsync.console.shell.CommandFailure;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobDeskTest {

    private final CountDownLatch end = new CountDownLatch(1);
    private final JobDesk desk = new JobDesk(Clock.systemUTC());

    @AfterEach
    void close() {
        end.countDown();
        desk.close();
    }

    @Test
    void oneOfAKindIsDoneAtATimeAndTwoInAll() {
        Job verify = endless(Kind.VERIFY);

        assertThatThrownBy(() -> endless(Kind.VERIFY))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(409))
                .hasMessage("comparison " + verify.id() + " is under way; one is made at a time");
        endless(Kind.COMPARE);
        assertThatThrownBy(() -> endless(Kind.DOCTOR))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(503));
    }

    @Test
    void whatIsUnderWayIsKeptHoweverMuchIsAskedForSince() {
        Job verify = endless(Kind.VERIFY);
        Job first = ended();
        for (int i = 0; i < 50; i++) {
            ended();
        }

        assertThat(desk.running(Kind.VERIFY)).contains(verify);
        assertThat(desk.job(verify.id())).contains(verify);
        assertThat(desk.job(first.id())).isEmpty();
        assertThat(desk.newest(Optional.empty())).hasSize(40);
    }

    @Test
    void whatCanNotBeDoneSaysWhyInTheWordsOfTheApi() {
        Job job = desk.start(Kind.DOCTOR, "a key", it -> {
            throw new CommandFailure("--batch-size is too large");
        });

        await().until(job::isEnded);
        assertThat(job.json().path("state").asText()).isEqualTo("failed");
        assertThat(job.json().path("problem").asText()).isEqualTo("batchSize is too large");
    }

    private Job endless(Kind kind) {
        return desk.start(kind, "a key", job -> {
            end.await();
            return MissingNode.getInstance();
        });
    }

    private Job ended() {
        Job job = desk.start(Kind.DOCTOR, "a key", it -> MissingNode.getInstance());
        await().until(job::isEnded);
        return job;
    }
}
