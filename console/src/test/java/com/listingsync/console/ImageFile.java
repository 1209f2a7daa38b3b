package com.listingsync.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.listingsync.common.wire.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Dockerfile of a service, as far as a test can do what it says.
 *
 * @param text the file
 */
record ImageFile(String text) {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern HEALTH_CHECK = Pattern.compile("HEALTHCHECK [^\\[]*CMD (\\[.*?])\\n", Pattern.DOTALL);
    private static final Pattern ENTRY_POINT = Pattern.compile("ENTRYPOINT (\\[.*?])\\n", Pattern.DOTALL);
    private static final Pattern MODULES = Pattern.compile("for module in ([^;]+);");
    private static final Pattern LAYER = Pattern.compile("COPY --from=build /image/(\\w+) /\\n");
    private static final Pattern LIBRARIES = Pattern.compile("cp (\\w+)/target/dependency/\\*\\.jar");
    private static final Pattern LEFT_OUT = Pattern.compile("rm /image/lib/\\S*/\\{?([a-z,-]+?)\\}?-\\*\\.jar");
    private static final Pattern ADDED = Pattern.compile("cp console/target/dependency/\\{([a-z,-]+)\\}-\\*\\.jar");

    static ImageFile of(String service) throws IOException {
        return new ImageFile(
                Files.readString(TOP.resolve(service).resolve("Dockerfile")).replace("\\\n", ""));
    }

    List<String> healthCheck() throws IOException {
        return Json.MAPPER.readValue(only(HEALTH_CHECK), new TypeReference<>() {});
    }

    List<String> entryPoint() throws IOException {
        return Json.MAPPER.readValue(only(ENTRY_POINT), new TypeReference<>() {});
    }

    /** The modules whose jars are in it. */
    List<String> modules() {
        return List.of(only(MODULES).strip().split(" "));
    }

    /** What is copied into it from its build, layer by layer. */
    List<String> layers() {
        return LAYER.matcher(text).results().map(layer -> layer.group(1)).toList();
    }

    /** What the image has in app and lib: of our modules what is compiled, of the libraries those that the build would copy. */
    String classPath() throws IOException {
        List<String> leftOut = List.of(only(LEFT_OUT).split(","));
        Stream<String> ours = modules().stream()
                .map(module -> TOP.resolve(module).resolve("target/classes").toString());
        Stream<String> libraries = libraries(only(LIBRARIES)).stream()
                .filter(jar -> leftOut.stream().noneMatch(name -> isCalled(jar, name)));
        Matcher added = ADDED.matcher(text);
        List<String> more = added.find() ? List.of(added.group(1).split(",")) : List.of();
        Stream<String> consoles =
                libraries("console").stream().filter(jar -> more.stream().anyMatch(name -> isCalled(jar, name)));
        return Stream.of(ours, libraries, consoles)
                .flatMap(part -> part)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> libraries(String module) throws IOException {
        String all = Files.readString(TOP.resolve(module).resolve("target/runtime-class-path"));
        return Arrays.stream(all.strip().split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .toList();
    }

    private static boolean isCalled(String jar, String name) {
        return Path.of(jar).getFileName().toString().startsWith(name + "-");
    }

    private String only(Pattern pattern) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(pattern.pattern()).isTrue();
        return found.group(1);
    }
}
