package com.listingsync.console.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A headless Chromium with a profile of its own, as somebody uses it who knows the page by its words. */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;
    private static final List<String> CHROMIUM =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final List<String> DRIVER = List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Why there can be no browser on this machine; empty when there can. */
    public static Optional<String> missing() {
        return found(CHROMIUM).isPresent() && found(DRIVER).isPresent()
                ? Optional.empty()
                : Optional.of("no Chromium on this machine: apt-get install chromium chromium-driver");
    }

    /** @param profile a fresh folder */
    public static Browser open(Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(found(CHROMIUM).orElseThrow());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--window-size=1400,1000",
                "--user-data-dir=" + profile);
        org.openqa.selenium.logging.LoggingPreferences logs = new org.openqa.selenium.logging.LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(found(DRIVER).orElseThrow())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    public void go(URI root, String page) {
        driver.get("about:blank");
        driver.get(root + "/#/" + page);
    }

    /** Waits until the page says this. */
    public void says(String... words) {
        eventually(() -> assertThat(text()).contains(words));
    }

    public void doesNotSay(String words) {
        eventually(() -> assertThat(text()).doesNotContain(words));
    }

    public String text() {
        return String.valueOf(driver.executeScript("return document.body.innerText"));
    }

    /** Presses the first button or link that says this and can be seen. */
    public void press(String words) {
        eventually(() -> named(words).click());
    }

    /** Types into the field of this label that can be seen, in place of what is there. */
    public void type(String label, String text) {
        eventually(() -> {
            WebElement field =
                    driver.findElements(By.xpath("//*[@id=//label[normalize-space()='" + label + "']/@for]")).stream()
                            .filter(WebElement::isDisplayed)
                            .findFirst()
                            .orElseThrow();
            field.clear();
            field.sendKeys(text);
        });
    }

    /** Puts one text for another in the field of this id, as if it had been typed. */
    public void edit(String id, String from, String to) {
        eventually(() -> assertThat(driver.executeScript("""
                        const field = document.getElementById(arguments[0]);
                        if (!field || !field.value.includes(arguments[1])) return false;
                        const value = field.value.replace(arguments[1], arguments[2]);
                        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, value);
                        field.dispatchEvent(new Event('input', { bubbles: true }));
                        return true;
                        """, id, from, to)).isEqualTo(true));
    }

    /** The frames of two seconds of scrolling, in milliseconds, the longest last. */
    public List<Double> framesWhileScrolling(String selector) {
        Object frames = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const box = document.querySelector(arguments[0]);
                const frames = [];
                let last = performance.now();
                const end = last + 2000;
                (function step(now) {
                  frames.push(now - last);
                  last = now;
                  box.scrollTop += 700;
                  if (now < end) requestAnimationFrame(step); else done(frames.slice(2));
                })(last);
                """, selector);
        return ((List<?>) frames)
                .stream().map(each -> ((Number) each).doubleValue()).sorted().toList();
    }

    /** What a script answers. */
    public Object ask(String script) {
        return driver.executeScript(script);
    }

    /** Looks at the page as it is for somebody whose system is dark. */
    public void dark(ThrowingCallable look) {
        try {
            driver.executeCdpCommand(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
            call(look);
        } finally {
            driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        }
    }

    /** Looks at the page as it is on a phone held upright. */
    public void onAPhone(ThrowingCallable look) {
        try {
            driver.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", PHONE_WIDTH, "height", PHONE_HEIGHT, "deviceScaleFactor", 1, "mobile", true));
            call(look);
        } finally {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    /** What makes the page wider than its window, so that it had to be scrolled sideways; empty when nothing does. */
    public List<String> wider() {
        Object wider = driver.executeScript("""
                const width = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= width) return [];
                return [...document.querySelectorAll('body *')]
                  .filter(e => e.getBoundingClientRect().right > width + 1)
                  .slice(0, 5).map(e => e.outerHTML.slice(0, 200));
                """);
        return ((List<?>) wider).stream().map(String::valueOf).toList();
    }

    /** What axe finds wrong for people who don't see, hear or use a mouse as others do. */
    public List<String> barriers() {
        return barriers(new AxeBuilder()
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")));
    }

    /** What axe finds too faint to be read. */
    public List<String> faint() {
        return barriers(new AxeBuilder().withRules(List.of("color-contrast")));
    }

    private List<String> barriers(AxeBuilder axe) {
        Results results = axe.analyze(driver);
        return results.getViolations().stream()
                .map(rule -> rule.getId() + ": " + rule.getNodes().get(0).getHtml() + " "
                        + rule.getNodes().get(0).getFailureSummary())
                .toList();
    }

    /** Errors that scripts, styles and policies have reported, but for requests that were refused or found nobody. */
    public List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("Failed to load resource") && !message.contains("net::ERR_"))
                .toList();
    }

    /** Keeps what is seen, for whoever looks at a failure and for the documents; nowhere when no folder is named. */
    public void picture(String name) {
        String folder = System.getProperty("dashboard.pictures", "");
        if (!folder.isEmpty()) {
            File file = driver.getScreenshotAs(org.openqa.selenium.OutputType.FILE);
            try {
                Files.createDirectories(Path.of(folder));
                Files.copy(
                        file.toPath(),
                        Path.of(folder, name + ".png"),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    public static void eventually(ThrowingCallable assertions) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(150))
                .ignoreExceptions()
                .untilAsserted(assertions::call);
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static void call(ThrowingCallable look) {
        try {
            look.call();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private WebElement named(String words) {
        // What is behind a dialog can't be pressed.
        String from = driver.findElements(By.xpath("//dialog[@open]")).isEmpty() ? "//" : "//dialog[@open]//";
        return Stream.of("button", "a")
                .flatMap(tag ->
                        driver.findElements(By.xpath(from + tag + "[normalize-space()='" + words + "']")).stream())
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing to press says '" + words + "': " + text()));
    }

    private static Optional<File> found(List<String> paths) {
        return paths.stream().map(File::new).filter(File::canExecute).findFirst();
    }
}
