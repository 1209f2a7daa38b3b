package com.listingsync.console.dashboard;

import com.listingsync.console.http.Call;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.http.SecurityHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** The files of the dashboard, by path. Immutable; everything is read once and kept. */
public final class Assets implements Function<Call, Reply> {

    private static final String OWN = "/com/listingsync/console/dashboard/";
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    /** By path what is on the class path; the page itself apart. */
    private static final Map<String, String> FILES = files();

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "html", "text/html; charset=utf-8",
            "webmanifest", "application/manifest+json");

    private final Map<String, Asset> assets;
    private final String importMapHash;

    /** A file, plain and compressed, with the tag of its content. */
    private record Asset(String type, byte[] plain, byte[] compressed, String tag) {}

    private Assets(Map<String, Asset> assets, String importMapHash) {
        this.assets = Map.copyOf(assets);
        this.importMapHash = importMapHash;
    }

    /** All files, read from the class path. */
    public static Assets read() {
        Map<String, Asset> assets = new LinkedHashMap<>();
        FILES.forEach((path, resource) -> assets.put(path, asset(path, bytes(resource))));
        byte[] page = bytes(OWN + "index.html");
        assets.put("/", asset("/index.html", page));
        Matcher map = IMPORT_MAP.matcher(new String(page, StandardCharsets.UTF_8));
        if (!map.find()) {
            throw new IllegalStateException("the dashboard's page has no import map");
        }
        byte[] hash = sha256(map.group(1).getBytes(StandardCharsets.UTF_8));
        return new Assets(assets, "sha256-" + Base64.getEncoder().encodeToString(hash));
    }

    @Override
    public Reply apply(Call call) {
        if (call.mayChange()) {
            throw Problem.of(405, "the pages are only read").with("allow", "GET, HEAD");
        }
        // The page's own addresses are behind a '#', so there is one page.
        Asset asset = assets.get(call.path());
        if (asset == null) {
            throw Problem.of(404, "there is no such page; the dashboard is at /");
        }
        Map<String, String> headers = new LinkedHashMap<>(SecurityHeaders.forPage(importMapHash));
        headers.put("content-type", asset.type());
        headers.put("cache-control", "no-cache");
        headers.put("etag", asset.tag());
        headers.put("vary", "accept-encoding");
        if (call.header("if-none-match").filter(asset.tag()::equals).isPresent()) {
            return new Reply.Whole(304, headers, new byte[0]);
        }
        if (call.header("accept-encoding").orElse("").contains("gzip")) {
            headers.put("content-encoding", "gzip");
            return new Reply.Whole(200, headers, asset.compressed());
        }
        return new Reply.Whole(200, headers, asset.plain());
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : List.of(
                "alerts.js",
                "app.css",
                "app.js",
                "api.js",
                "icon.svg",
                "charts.js",
                "format.js",
                "letters.js",
                "listings.js",
                "parts.js",
                "pipeline.js",
                "pages.js",
                "state.js")) {
            files.put("/assets/" + name, OWN + name);
        }
        files.put("/assets/preact.js", WEBJARS + "preact/10.27.2/dist/preact.module.js");
        files.put("/assets/hooks.js", WEBJARS + "preact/10.27.2/hooks/dist/hooks.module.js");
        files.put("/assets/uplot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js");
        files.put("/assets/uplot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css");
        return files;
    }

    private static Asset asset(String path, byte[] bytes) {
        String type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
        String tag = '"' + HexFormat.of().formatHex(sha256(bytes), 0, 8) + '"';
        return new Asset(type, bytes, gzip(bytes), tag);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " can't be read", e);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can't be written to", e);
        }
        return out.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
