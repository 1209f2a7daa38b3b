package com.listingsync.common.secret;

import com.listingsync.common.setting.SettingsException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds the texts of all connections and owners of a file, with their places in it. Confined to one thread. */
final class YamlTexts {

    private final String yaml;
    private final List<YamlText> found = new ArrayList<>();

    /** A path within an entry. */
    private record Within(SecretPlace.Holder holder, String name, String path) {

        Within key(String key) {
            return new Within(holder, name, path.isEmpty() ? key : path + "." + key);
        }

        Within item(int index) {
            return new Within(holder, name, path + "[" + index + "]");
        }

        SecretPlace place() {
            return new SecretPlace(holder, name, path);
        }
    }

    private YamlTexts(String yaml) {
        this.yaml = yaml;
    }

    /**
     * The texts, in the order of the file.
     *
     * @throws SettingsException when the text is no YAML; names the line and quotes nothing
     */
    static List<YamlText> of(String yaml) {
        YamlTexts texts = new YamlTexts(yaml);
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
            for (SecretPlace.Holder holder : SecretPlace.Holder.values()) {
                value(root, holder.list()).ifPresent(list -> texts.entries(list, holder));
            }
        } catch (MarkedYAMLException e) {
            throw new SettingsException("the connections file is not valid YAML: see line "
                    + (e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1));
        } catch (YAMLException e) {
            // Its message may quote the text.
            throw new SettingsException("the connections file is not valid YAML");
        }
        return List.copyOf(texts.found);
    }

    private void entries(Node entries, SecretPlace.Holder holder) {
        if (entries instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                Node entry = list.getValue().get(i);
                String name = value(entry, "name")
                        .filter(ScalarNode.class::isInstance)
                        .map(node -> ((ScalarNode) node).getValue())
                        .orElse("");
                if (!name.isBlank()) {
                    inside(entry, new Within(holder, name, ""), holder.list() + "[" + i + "]");
                }
            }
        }
    }

    private void inside(Node node, Within within, String where) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode name) {
                    inside(entry.getValueNode(), within.key(name.getValue()), where + "." + name.getValue());
                }
            }
        } else if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                inside(list.getValue().get(i), within.item(i), where + "[" + i + "]");
            }
        } else if (node instanceof ScalarNode scalar) {
            found.add(text(scalar, within.place(), where));
        }
    }

    private YamlText text(ScalarNode scalar, SecretPlace place, String where) {
        int start = units(scalar.getStartMark().getIndex());
        int end = units(scalar.getEndMark().getIndex());
        boolean block = scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED;
        int lastOfValue = end;
        while (block && lastOfValue > start && Character.isWhitespace(yaml.charAt(lastOfValue - 1))) {
            lastOfValue--;
        }
        return new YamlText(where, place, scalar.getValue(), start, end, yaml.substring(lastOfValue, end));
    }

    /** SnakeYAML counts in code points. */
    private int units(int codePoints) {
        return yaml.offsetByCodePoints(0, codePoints);
    }

    private static Optional<Node> value(Node node, String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key)) {
                    return Optional.of(entry.getValueNode());
                }
            }
        }
        return Optional.empty();
    }
}
