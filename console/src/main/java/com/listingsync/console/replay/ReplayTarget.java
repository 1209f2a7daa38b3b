package com.listingsync.console.replay;

import com.listingsync.common.setting.EnvText;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.sink.cutover.Share;
import com.listingsync.sink.cutover.SyncMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Another Supabase project than the one that the sink writes to.
 *
 * @param url its address
 * @param restPath path of its REST interface
 * @param keyVariable the environment variable that holds its service_role key; the key itself is never kept
 */
public record ReplayTarget(String url, String restPath, String keyVariable) {

    private static final String URL = "SUPABASE_URL";
    private static final String KEY = "SUPABASE_SERVICE_ROLE_KEY";
    private static final String PATH = "SUPABASE_REST_PATH";

    /** @throws SettingsException when the address is none, or would send the key in clear over a network */
    public ReplayTarget {
        URI uri = parsed(url);
        boolean near = uri.getHost().equals("localhost")
                || uri.getHost().startsWith("127.")
                || uri.getHost().equals("[::1]");
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !near) {
            throw new SettingsException(
                    "--target: expected an https address; over http its key would be read by others");
        }
        if (keyVariable.isBlank()) {
            throw new SettingsException(
                    "--target needs --target-key-env NAME, the environment variable with its service_role key");
        }
    }

    /**
     * The environment for whoever writes to it or reads it.
     *
     * @throws SettingsException when the key is not there
     */
    public Map<String, String> environment(Map<String, String> callers) {
        String key = key(callers);
        if (key.isBlank()) {
            throw new SettingsException(keyVariable + " is not set: expected the service_role key of " + host()
                    + ", as --target-key-env says");
        }
        Map<String, String> environment = new HashMap<>(callers);
        environment.put(URL, url);
        environment.put(PATH, restPath);
        environment.put(KEY, key);
        if (!isLive(callers).orElse(false)) {
            // What is said of the sink's own project does not hold for another one.
            environment.put("SYNC_MODE", SyncMode.LIVE.toString());
            environment.put("SYNC_CUTOVER_PERCENT", Integer.toString(Share.BUCKETS));
        }
        return environment;
    }

    /**
     * Whether it is the project that the sink writes to.
     *
     * @return empty when that can't be told, because the environment does not name that project
     */
    public Optional<Boolean> isLive(Map<String, String> environment) {
        String live = environment.getOrDefault(URL, "");
        return live.isBlank()
                ? Optional.empty()
                : Optional.of(place(parsed(live)).equals(place(parsed(url))));
    }

    /** Its host and port, for people. */
    public String host() {
        return parsed(url).getAuthority();
    }

    private String key(Map<String, String> callers) {
        try {
            return EnvText.of(keyVariable, callers);
        } catch (IllegalArgumentException e) {
            // The file with it can't be read: whoever named it mends it.
            throw new SettingsException(String.valueOf(e.getMessage()));
        }
    }

    private static String place(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return (host.equals("localhost") ? "127.0.0.1" : host) + ":" + port;
    }

    private static URI parsed(String url) {
        try {
            URI uri = new URI(url.strip());
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below, in words that don't repeat what may hold a secret.
        }
        throw new SettingsException(
                "--target: expected an address such as https://abc.supabase.co, without user and password");
    }
}
