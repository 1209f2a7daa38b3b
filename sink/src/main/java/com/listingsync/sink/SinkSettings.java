package com.listingsync.sink;

import com.listingsync.common.health.EndpointSettings;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.secret.MasterKeySettings;
import com.listingsync.common.setting.Env;
import com.listingsync.common.setting.KafkaSettings;
import com.listingsync.common.trace.TracingSettings;
import com.listingsync.sink.cutover.CutoverSettings;
import com.listingsync.sink.deliver.DeliverySettings;
import com.listingsync.sink.deliver.SupabaseSettings;
import com.listingsync.sink.notify.NotifySettings;
import com.listingsync.sink.notify.SmtpSettings;
import com.listingsync.sink.post.PostSettings;
import java.nio.file.Path;

/**
 * All settings of the sink.
 *
 * @param kafka where rows come from
 * @param supabase where they go
 * @param cutover how much of it, while an older sync goes on
 * @param delivery how fast
 * @param posts how hard platforms are asked to delete posts
 * @param notices who is told of failed runs, and how persistently
 * @param smtp the mail server
 * @param endpoint where health and meters are served
 * @param tracing whether rows are traced
 * @param connections the connections file, of which the sink reads the owners; empty for none
 * @param masterKey what opens the sealed values of that file
 * @param mapping the mapping file; empty for the standard mapping
 * @param instance name of this instance; empty for a random one
 */
public record SinkSettings(
        KafkaSettings kafka,
        SupabaseSettings supabase,
        CutoverSettings cutover,
        DeliverySettings delivery,
        PostSettings posts,
        NotifySettings notices,
        SmtpSettings smtp,
        EndpointSettings endpoint,
        TracingSettings tracing,

        @Env(
                name = "SYNC_CONNECTIONS",
                fallback = "",
                doc =
                        "Connections file whose owners' posts are taken down and who are told of things; empty for nobody.")
        Path connections,

        MasterKeySettings masterKey,

        @Env(
                name = Mapping.SETTING,
                fallback = "",
                doc = "Mapping file that says which tables there are; empty for the one that comes with Listing Sync.")
        Path mapping,

        @Env(
                name = "SYNC_INSTANCE",
                fallback = "",
                doc =
                        "Name of this instance, unique among those that run at a time; empty for a random one. With a name that"
                                + " lasts, a restart goes on at once; without, Kafka has to miss the instance it replaces first.")
        String instance) {}
