package com.listingsync.console.doctor;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.kafka.Answers;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/**
 * Kafka: whether it answers, which version it is, what we may do there.
 *
 * @param access how to reach it
 * @param further what is looked at when it answers
 */
record KafkaCheck(KafkaAccess access, List<Check> further) implements Check {

    private static final String AREA = "kafka";

    @Override
    public List<Finding> look() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        try (Admin admin = access.admin()) {
            DescribeClusterResult cluster =
                    admin.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true));
            int nodes = Answers.get(cluster.nodes()).size();
            findings.add(Finding.good(
                    AREA,
                    "address",
                    access.settings().bootstrapServers() + " answers, " + Amount.of(nodes, "broker") + ", "
                            + version(admin)));
            findings.add(rights(Answers.get(cluster.authorizedOperations())));
        } catch (KafkaException | SettingsException e) {
            // All that was asked for is an answer.
            findings.add(Finding.bad(
                    AREA,
                    "address",
                    "Kafka does not answer at " + access.settings().bootstrapServers() + " (" + e.getMessage() + ")",
                    "check KAFKA_BOOTSTRAP_SERVERS, the KAFKA_SECURITY_… and KAFKA_SASL_… settings, and that it runs"));
            return findings;
        }
        for (Check check : further) {
            findings.addAll(check.look());
        }
        return findings;
    }

    private static String version(Admin admin) {
        FinalizedVersionRange level = Answers.get(admin.describeFeatures().featureMetadata())
                .finalizedFeatures()
                .get("metadata.version");
        return level == null ? "version not told" : "metadata level " + level.maxVersionLevel();
    }

    private static Finding rights(@Nullable Set<AclOperation> operations) {
        if (operations == null || operations.isEmpty()) {
            return Finding.unseen(
                    AREA,
                    "rights",
                    "Kafka does not tell what this user may do",
                    "kafka-acls --list shows it; ./listing-sync topics acls prints what is needed");
        }
        boolean exact = operations.contains(AclOperation.IDEMPOTENT_WRITE)
                || operations.contains(AclOperation.CLUSTER_ACTION)
                || operations.contains(AclOperation.ALTER)
                || operations.contains(AclOperation.DESCRIBE);
        return exact
                ? Finding.good(
                        AREA,
                        "rights",
                        "cluster: "
                                + operations.stream()
                                        .map(Enum::name)
                                        .sorted()
                                        .map(name ->
                                                name.toLowerCase(Locale.ROOT).replace('_', ' '))
                                        .collect(Collectors.joining(", ")))
                : Finding.bad(
                        AREA, "rights", "this user may not even describe the cluster", "grant Describe on the cluster");
    }
}
