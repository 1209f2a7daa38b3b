package com.listingsync.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.replay.ReplayTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which other projects a request may name: those of the settings, and no other address. */
class NamedProjectsTest {

    private final NamedProjects projects =
            NamedProjects.parse("copy=COPY_KEY@https://copy.supabase.co, old=OLD_KEY@http://127.0.0.1:3000/rest");

    @Test
    void knowsAProjectByItsName() {
        assertThat(projects.project("copy"))
                .isEqualTo(new ReplayTarget("https://copy.supabase.co", "/rest/v1", "COPY_KEY"));
        assertThat(projects.project("old")).isEqualTo(new ReplayTarget("http://127.0.0.1:3000", "/rest", "OLD_KEY"));
        assertThat(projects.has(new ReplayTarget("https://copy.supabase.co", "/rest/v1", "COPY_KEY")))
                .isTrue();
        assertThat(projects.has(new ReplayTarget("https://copy.supabase.co", "/rest/v1", "OLD_KEY")))
                .isFalse();
    }

    @Test
    void refusesEveryOther() {
        assertThatThrownBy(() -> projects.project("https://evil.example"))
                .hasMessage("--target: there is no project 'https://evil.example'; there are copy, old");
        assertThatThrownBy(() -> NamedProjects.parse("").project("copy"))
                .hasMessageContaining("SYNC_CONSOLE_PROJECTS names none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "copy | expected NAME=KEY@URL",
                "copy=https://copy.supabase.co | expected NAME=KEY@URL",
                "copy=K@http://copy.supabase.co | expected an https address",
                "copy=K@https://user:hush@copy.supabase.co | without user and password",
                "copy=K@https://exa mple | expected NAME=KEY@URL",
                "a=K@https://a.co,a=K@https://b.co | there are two of its name"
            })
    void saysWhatIsWrongWithTheSettingAndRepeatsNothingOfIt(String text, String words) {
        assertThatThrownBy(() -> NamedProjects.parse(text))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("SYNC_CONSOLE_PROJECTS: project")
                .hasMessageContaining(words)
                .hasMessageNotContaining("hush");
    }
}
