package com.listingsync.embedded.mls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A client of the sample MLS with one token. */
final class MlsClient {
    private static final OkHttpClient HTTP =
            new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SampleMls mls;
    private final String token;

    MlsClient(SampleMls mls, String token) {
        this.mls = mls;
        this.token = token;
    }

    /** @param parameters name and value in turn, not encoded */
    HttpUrl url(String resource, String... parameters) {
        HttpUrl.Builder url = HttpUrl.get(mls.uri().toString()).newBuilder().addPathSegment(resource);
        for (int i = 0; i < parameters.length; i += 2) {
            url.addQueryParameter(parameters[i], parameters[i + 1]);
        }
        return url.build();
    }

    /** The caller closes the answer. */
    Response call(HttpUrl url) throws IOException {
        return HTTP.newCall(new Request.Builder()
                        .url(url)
                        .header("Authorization", "Bearer " + token)
                        .build())
                .execute();
    }

    int status(String resource, String... parameters) throws IOException {
        try (Response response = call(url(resource, parameters))) {
            return response.code();
        }
    }

    JsonNode get(String resource, String... parameters) throws IOException {
        return get(url(resource, parameters));
    }

    JsonNode get(HttpUrl url) throws IOException {
        try (Response response = call(url)) {
            return JSON.readTree(response.body().string());
        }
    }

    /** All rows by following nextLink, and so as many requests as there are pages. */
    List<JsonNode> follow(HttpUrl first) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        JsonNode page = get(first);
        page.get("value").forEach(rows::add);
        while (page.has("@odata.nextLink")) {
            page = get(HttpUrl.get(page.get("@odata.nextLink").asText()));
            page.get("value").forEach(rows::add);
        }
        return rows;
    }

    static Response tokenRequest(SampleMls mls, String id, String secret) throws IOException {
        return HTTP.newCall(new Request.Builder()
                        .url(mls.tokenUri().toString())
                        .post(new FormBody.Builder()
                                .add("grant_type", "client_credentials")
                                .add("client_id", id)
                                .add("client_secret", secret)
                                .build())
                        .build())
                .execute();
    }

    static JsonNode json(Response response) throws IOException {
        return JSON.readTree(response.body().string());
    }
}
