package com.listingsync.sink.deliver;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.batch.RowAction;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * One exchange with Supabase REST: a batch goes out, a verdict comes back. Never repeats, never throws for what the network or
 * the server does. Thread-safe; a call blocks its thread.
 */
final class RestClient implements AutoCloseable {

    /** PostgREST closes idle connections after 30 to 60 s (postgrest-wire.md H); ours are gone before. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final OkHttpClient client;
    private final TableAddresses addresses;
    private final AnswerReader answers;
    private final Request template;
    private final String host;
    private final Duration timeout;

    RestClient(SupabaseSettings settings, int maxInFlight, Clock clock) {
        HttpUrl base = HttpUrl.parse(settings.restBase());
        if (base == null) {
            throw new SettingsException("SUPABASE_URL: expected an address such as https://abc.supabase.co");
        }
        this.addresses = new TableAddresses(base);
        this.answers = new AnswerReader(clock);
        this.host = base.host() + ":" + base.port();
        this.timeout = settings.requestTimeout();
        // Hosted Supabase wants the key twice: its gateway reads one, PostgREST the other (facts.md §3).
        this.template = new Request.Builder()
                .url(base)
                .headers(Headers.of(settings.profile()))
                .header("apikey", settings.key().reveal())
                .header("Authorization", "Bearer " + settings.key().reveal())
                .header("User-Agent", "listing-sync")
                .build();
        this.client = new OkHttpClient.Builder()
                // Requests side by side need connections side by side: HTTP/2 would put large bodies into one.
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(maxInFlight, IDLE.toMillis(), TimeUnit.MILLISECONDS))
                // DeliveryPolicy is the only layer that repeats.
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(min(CONNECT_TIMEOUT, timeout))
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(timeout)
                .build();
    }

    /** Sends a batch once. */
    DeliveryVerdict send(Batch batch) {
        boolean tellIds = batch.mixed();
        String prefer = (batch.action() == RowAction.PURGE ? "" : "resolution=merge-duplicates,")
                + (tellIds ? "return=representation" : "return=minimal") + ",count=exact";
        Request.Builder request = template.newBuilder().header("Prefer", prefer);
        if (batch.action() == RowAction.PURGE) {
            request.url(addresses.purge(batch, tellIds)).delete();
        } else {
            request.url(addresses.upsert(batch, tellIds)).post(new BatchBody(batch));
        }
        return exchange(request.build(), VerdictTable::of);
    }

    /** Asks for nothing from a table: whether the address, the key and the table are right. */
    DeliveryVerdict look(String table, List<String> columns) {
        return exchange(
                template.newBuilder().url(addresses.look(table, columns)).build(), VerdictTable::ofLook);
    }

    /** Breaks off what is under way and closes all connections. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    private DeliveryVerdict exchange(Request request, Function<Answer, DeliveryVerdict> verdict) {
        try (Response response = client.newCall(request).execute()) {
            return verdict.apply(answers.read(response));
        } catch (SSLHandshakeException | SSLPeerUnverifiedException e) {
            // Nothing was sent. A person has to mend the address or the trust store; health says so.
            return VerdictTable.ofUntrusted();
        } catch (UnknownHostException e) {
            // Nothing was sent; the policy repeats it, health names the host.
            return VerdictTable.ofFailure("unknown-host", "the host " + host + " is not known");
        } catch (ConnectException e) {
            // Nothing was sent; the policy repeats it, health names the address.
            return VerdictTable.ofFailure("connect", "no connection to " + host + " (" + e.getMessage() + ")");
        } catch (InterruptedIOException e) {
            // It may commit all the same; a repeat of rows that are there already writes nothing.
            return VerdictTable.ofFailure(
                    "timeout", "no answer from " + host + " within " + timeout.toMillis() + " ms");
        } catch (IOException e) {
            // As above. An idle connection that the server closed as we took it ends here too.
            return VerdictTable.ofFailure("connection", "the connection to " + host + " broke: " + e.getMessage());
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
