package com.listingsync.console.acl;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import com.listingsync.common.event.Entity;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;

/**
 * The least each role needs. Every service looks at the settings of its topics when it starts (that is {@code DescribeConfigs}); none
 * needs a right on the cluster.
 *
 * @param grants in the order of the data's way
 */
public record AccessRules(List<Grant> grants) {

    public AccessRules {
        grants = List.copyOf(grants);
    }

    /** The rules for these topics. */
    public static AccessRules of(Topics topics) {
        List<Grant> grants = new ArrayList<>();
        grants.addAll(producer(topics));
        grants.addAll(processor(topics));
        grants.addAll(sink(topics));
        grants.addAll(console(topics));
        grants.addAll(operator(topics));
        return new AccessRules(grants);
    }

    /** As Kafka keeps them. */
    public List<AclBinding> bindings(Map<Role, String> principals) {
        List<AclBinding> bindings = new ArrayList<>();
        for (Grant grant : grants) {
            String principal = principals.get(grant.role());
            if (principal != null) {
                bindings.addAll(grant.bindings(principal));
            }
        }
        return bindings;
    }

    private static List<Grant> producer(Topics topics) {
        List<Grant> grants = new ArrayList<>();
        sources(topics)
                .forEach(topic ->
                        grants.add(Grant.of(Role.PRODUCER, TOPIC, topic.name(), READ, WRITE, DESCRIBE_CONFIGS)));
        for (TopicSpec both : List.of(topics.checkpoints(), topics.absences(), topics.connections())) {
            grants.add(Grant.of(Role.PRODUCER, TOPIC, both.name(), READ, WRITE, DESCRIBE_CONFIGS));
        }
        for (TopicSpec read : List.of(topics.commands(), topics.signals())) {
            grants.add(Grant.of(Role.PRODUCER, TOPIC, read.name(), READ, DESCRIBE_CONFIGS));
        }
        for (TopicSpec written : List.of(topics.outcomes(), topics.deadLetters(Stage.PRODUCER), topics.fates())) {
            grants.add(Grant.of(Role.PRODUCER, TOPIC, written.name(), WRITE, DESCRIBE_CONFIGS));
        }
        grants.add(Grant.of(Role.PRODUCER, GROUP, topics.prefix() + ".producer", READ));
        grants.add(Grant.ofAll(Role.PRODUCER, TRANSACTIONAL_ID, topics.prefix() + ".producer.", WRITE));
        return grants;
    }

    private static List<Grant> processor(Topics topics) {
        String application = topics.prefix() + ".processor";
        List<Grant> grants = new ArrayList<>();
        sources(topics)
                .forEach(topic -> grants.add(Grant.of(Role.PROCESSOR, TOPIC, topic.name(), READ, DESCRIBE_CONFIGS)));
        for (TopicSpec read : List.of(topics.reprocess(), topics.signals())) {
            grants.add(Grant.of(Role.PROCESSOR, TOPIC, read.name(), READ, DESCRIBE_CONFIGS));
        }
        for (TopicSpec both : List.of(topics.listingIds(), topics.outcomes())) {
            grants.add(Grant.of(Role.PROCESSOR, TOPIC, both.name(), READ, WRITE, DESCRIBE_CONFIGS));
        }
        for (TopicSpec written : List.of(
                topics.rows(),
                topics.statusChanges(),
                topics.runs(),
                topics.deadLetters(Stage.PROCESSOR),
                topics.fates())) {
            grants.add(Grant.of(Role.PROCESSOR, TOPIC, written.name(), WRITE, DESCRIBE_CONFIGS));
        }
        // The logs of its state.
        grants.add(Grant.ofAll(Role.PROCESSOR, TOPIC, application + "-", CREATE, READ, WRITE, DESCRIBE_CONFIGS));
        grants.add(Grant.of(Role.PROCESSOR, GROUP, application, READ));
        grants.add(Grant.ofAll(Role.PROCESSOR, TRANSACTIONAL_ID, application + "-", WRITE));
        return grants;
    }

    private static List<Grant> sink(Topics topics) {
        String group = topics.prefix() + "-sink";
        List<Grant> grants = new ArrayList<>();
        for (TopicSpec read : List.of(topics.rows(), topics.statusChanges(), topics.runs(), topics.signals())) {
            grants.add(Grant.of(Role.SINK, TOPIC, read.name(), READ, DESCRIBE_CONFIGS));
        }
        for (TopicSpec written : List.of(topics.outcomes(), topics.fates())) {
            grants.add(Grant.of(Role.SINK, TOPIC, written.name(), WRITE, DESCRIBE_CONFIGS));
        }
        // It reads which rows it has refused before.
        grants.add(Grant.of(Role.SINK, TOPIC, topics.deadLetters(Stage.SINK).name(), READ, WRITE, DESCRIBE_CONFIGS));
        // A group each for rows, posts and notices.
        grants.add(Grant.ofAll(Role.SINK, GROUP, group, READ));
        grants.add(Grant.ofAll(Role.SINK, TRANSACTIONAL_ID, group + "-", WRITE));
        return grants;
    }

    private static List<Grant> console(Topics topics) {
        List<Grant> grants = new ArrayList<>();
        grants.add(Grant.ofAll(Role.CONSOLE, TOPIC, topics.prefix() + ".", READ, DESCRIBE_CONFIGS));
        for (TopicSpec written : List.of(
                topics.commands(),
                topics.reprocess(),
                topics.outcomes(),
                topics.signals(),
                topics.replays(),
                topics.deadLetters(Stage.SINK),
                topics.fates(),
                topics.audit(),
                topics.answers())) {
            grants.add(Grant.of(Role.CONSOLE, TOPIC, written.name(), WRITE));
        }
        grants.addAll(tools(Role.CONSOLE, topics));
        return grants;
    }

    private static List<Grant> operator(Topics topics) {
        List<Grant> grants = new ArrayList<>();
        grants.add(Grant.ofAll(Role.OPERATOR, TOPIC, topics.prefix() + ".", CREATE, READ, WRITE, DESCRIBE_CONFIGS));
        grants.addAll(tools(Role.OPERATOR, topics));
        return grants;
    }

    private static List<Grant> tools(Role role, Topics topics) {
        return List.of(
                Grant.ofAll(role, GROUP, topics.prefix() + ".", DESCRIBE),
                Grant.ofAll(role, GROUP, topics.prefix() + "-sink", DESCRIBE),
                Grant.ofAll(role, GROUP, topics.prefix() + "-replay-", READ, DELETE),
                Grant.ofAll(role, TRANSACTIONAL_ID, topics.prefix() + "-replay-", WRITE),
                Grant.ofAll(role, TRANSACTIONAL_ID, topics.prefix() + ".console.", WRITE));
    }

    private static Stream<TopicSpec> sources(Topics topics) {
        return Arrays.stream(Entity.values()).map(topics::source);
    }
}
