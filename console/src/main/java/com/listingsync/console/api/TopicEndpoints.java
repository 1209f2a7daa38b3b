package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.wire.Json;
import com.listingsync.console.acl.AccessRules;
import com.listingsync.console.acl.AclCommands;
import com.listingsync.console.acl.Role;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.TopicChange;
import com.listingsync.console.kafka.TopicInventory;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** One topic as it is, the topics that are missing, and the rights that services need. Thread-safe. */
final class TopicEndpoints {

    private final KafkaAccess kafka;

    TopicEndpoints(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    Map<String, Endpoint> all() {
        return Map.of("getTopic", this::show, "applyTopics", call -> apply(), "listAcls", this::acls);
    }

    private Reply show(ApiCall call) {
        TopicSpec spec = kafka.topics()
                .named(call.text("topic"))
                .orElseThrow(() ->
                        Problem.of(404, "there is no topic of this name in the catalogue; GET /api/topics lists them"));
        try (Admin admin = kafka.admin()) {
            return Reply.json(new TopicInventory(admin).of(List.of(spec)).get(0).json(true));
        }
    }

    private Reply apply() {
        try {
            return Reply.json(TopicChange.apply(kafka).json());
        } catch (TopicAuthorizationException e) {
            // The console has no more rights than it needs every day; what is there was left alone.
            throw Problem.of(
                    503,
                    "topics are missing, and Kafka does not let the console create any: that takes the right Create on topics"
                            + " whose names begin with '" + kafka.topics().prefix()
                            + ".', which the operator has ('./listing-sync topics acls'); './listing-sync topics apply' with the"
                            + " operator's account creates them");
        }
    }

    /** Commands for whoever may give rights, which the console may not. */
    private Reply acls(ApiCall call) {
        Map<Role, String> principals = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String name = role.name().toLowerCase(Locale.ROOT);
            principals.put(role, call.maybe(name).orElse("User:" + name));
        }
        ObjectNode json = Json.MAPPER.createObjectNode();
        AclCommands.of(
                        AccessRules.of(kafka.topics()),
                        principals,
                        kafka.settings().bootstrapServers(),
                        call.maybe("commandConfig").orElse("admin.properties"))
                .forEach(json.putArray("items")::add);
        return Reply.json(json);
    }
}
