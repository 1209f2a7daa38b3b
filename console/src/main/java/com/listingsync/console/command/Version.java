package com.listingsync.console.command;

import java.util.Objects;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;

/** The versions of what runs, a line each. Stateless. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "Listing Sync "
                    + Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development"),
            "Kafka client " + AppInfoParser.getVersion(),
            "Java " + Runtime.version() + " on " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
