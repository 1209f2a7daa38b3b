package com.listingsync.console.reference;

import com.listingsync.console.ConsoleSettings;
import com.listingsync.processor.ProcessorSettings;
import com.listingsync.producer.ProducerSettings;
import com.listingsync.sink.SinkSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings record of every service. */
public final class ServiceSettings {

    /** By the service's name, in the order of the data's way. */
    public static final Map<String, Class<? extends Record>> ALL;

    static {
        Map<String, Class<? extends Record>> all = new LinkedHashMap<>();
        all.put("producer", ProducerSettings.class);
        all.put("processor", ProcessorSettings.class);
        all.put("sink", SinkSettings.class);
        all.put("console", ConsoleSettings.class);
        ALL = Collections.unmodifiableMap(all);
    }

    private ServiceSettings() {}
}
