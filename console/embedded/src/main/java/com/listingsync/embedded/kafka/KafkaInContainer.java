package com.listingsync.embedded.kafka;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.kafka.KafkaContainer;

/**
 * Kafka's own container image, for tests that hold a service to the broker its users run. Only such tests use it: Testcontainers
 * is on their class path and not on the console's.
 */
public final class KafkaInContainer {

    /** The image that docker-compose.yml names too. */
    public static final String IMAGE = "apache/kafka:4.3.1";

    private KafkaInContainer() {}

    /** There is no container to be had on this machine; the message says why, as the reason of a skipped test. */
    public static final class UnavailableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnavailableException(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }

    /**
     * A started broker, which the caller closes.
     *
     * @throws UnavailableException when there is no Docker, it can't run containers, or it has no image and can't fetch it
     * @throws ContainerLaunchException when a broker was started and does not come up: that is a failure, and no reason to skip
     */
    public static KafkaContainer start() throws UnavailableException {
        requireDocker();
        KafkaContainer kafka = new KafkaContainer(IMAGE);
        try {
            kafka.start();
            return kafka;
        } catch (ContainerFetchException e) {
            // Nothing has been tested; the report says why.
            kafka.close();
            throw new UnavailableException("Docker has no image " + IMAGE + " and can't fetch it", e);
        }
    }

    private static void requireDocker() throws UnavailableException {
        boolean available;
        try {
            available = DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException e) {
            // No network for containers, or no image of Testcontainers' own: the caller can do nothing about either.
            throw new UnavailableException("Docker can't be used here: " + firstLine(e), e);
        }
        if (!available) {
            throw new UnavailableException("there is no Docker here", null);
        }
    }

    private static String firstLine(RuntimeException e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName())
                .lines()
                .findFirst()
                .orElse("");
    }
}
