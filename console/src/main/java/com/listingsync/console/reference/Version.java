package com.listingsync.console.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import java.util.Objects;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;

/** The versions of what runs, a line each. Stateless. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "Listing Sync " + own(),
            "Kafka client " + AppInfoParser.getVersion(),
            "Java " + Runtime.version() + " on " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }

    /** {@code listingSync, kafkaClient, java}. */
    public static ObjectNode json() {
        return Json.MAPPER
                .createObjectNode()
                .put("listingSync", own())
                .put("kafkaClient", AppInfoParser.getVersion())
                .put("java", Runtime.version().toString());
    }

    private static String own() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");
    }
}
