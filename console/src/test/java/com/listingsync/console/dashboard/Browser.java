package com.listingsync.console.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.providers.EmbeddedResourceAxeProvider;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import javax.naming.OperationNotSupportedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
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

    /** More than a page has to step through. */
    private static final int MOST_STEPS = 60;

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
    private static final String AXE = axe();

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

    /** Turns to another page of what is open, as its links do. */
    public void turnTo(String page) {
        driver.executeScript("location.hash = '#/' + arguments[0]", page);
        eventually(() -> assertThat(driver.executeScript(
                        "return document.querySelector('nav [aria-current]')" + ".getAttribute('href')"))
                .isEqualTo("#/" + page.split("/")[0]));
    }

    /** Opens a file, as somebody does who was sent it. */
    public void look(Path file) {
        driver.get(file.toUri().toString());
    }

    /** Loads the page again, as it is. */
    public void reload() {
        driver.navigate().refresh();
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

    /**
     * Scrolls a list through in big steps; answers what our scripts need for each, in milliseconds, the longest last. What the machine
     * needs to draw it, loaded as it may be, is not in it.
     */
    public List<Double> scriptWhileScrolling(String selector) {
        Object steps = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const box = document.querySelector(arguments[0]);
                const steps = [];
                (async () => {
                  for (let i = 0; i < 60; i++) {
                    box.scrollTop = (box.scrollTop + 700) % (box.scrollHeight - box.clientHeight);
                    const begun = performance.now();
                    box.dispatchEvent(new Event('scroll'));
                    // What listeners put off to the end of the task has been done once this goes on.
                    await Promise.resolve();
                    await Promise.resolve();
                    steps.push(performance.now() - begun);
                    await new Promise(requestAnimationFrame);
                  }
                  done(steps);
                })();
                """, selector);
        return ((List<?>) steps)
                .stream().map(each -> ((Number) each).doubleValue()).sorted().toList();
    }

    /** Moves on with the tabulator until what has the focus says this. */
    public void tabTo(String words) {
        tab(words, Keys.TAB);
    }

    /** Moves back with the tabulator until what has the focus says this. */
    public void tabBackTo(String words) {
        tab(words, Keys.chord(Keys.SHIFT, Keys.TAB));
    }

    /** Presses a key where the focus is. */
    public void key(CharSequence key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    /** What has the focus, in its own words. */
    public String focused() {
        return String.valueOf(driver.executeScript("return document.activeElement.innerText.trim()"));
    }

    private void tab(String words, CharSequence key) {
        for (int i = 0; i < MOST_STEPS && !focused().equals(words); i++) {
            key(key);
        }
        assertThat(focused()).isEqualTo(words);
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
        // Brought into the page once; its own Java side would bring it, and open a window, each time.
        if (!Boolean.TRUE.equals(driver.executeScript("return typeof axe === 'object'"))) {
            driver.executeScript(AXE);
        }
        Object found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, { runOnly: { type: 'tag', values: arguments[0] }, resultTypes: ['violations'] }).then(
                  result => done(result.violations.map(v => v.id + ': ' + v.nodes[0].html + ' ' + v.nodes[0].failureSummary)),
                  failure => done(['axe itself: ' + failure]));
                """, RULES);
        return ((List<?>) found).stream().map(String::valueOf).toList();
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
            } catch (IOException e) {
                throw new UncheckedIOException(e);
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

    private static String axe() {
        try {
            return new EmbeddedResourceAxeProvider().getScript();
        } catch (IOException | OperationNotSupportedException e) {
            throw new IllegalStateException("axe is not in its library", e);
        }
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
