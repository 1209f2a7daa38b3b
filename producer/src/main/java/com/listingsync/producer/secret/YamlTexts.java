package com.listingsync.producer.secret;

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

/** Finds the texts of all connections of a file, with their places in it. Confined to one thread. */
final class YamlTexts {

    private final String yaml;
    private final List<YamlText> found = new ArrayList<>();

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
            value(root, "connections").ifPresent(texts::connections);
        } catch (MarkedYAMLException e) {
            throw new SettingsException("the connections file is not valid YAML: see line "
                    + (e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1));
        } catch (YAMLException e) {
            // Its message may quote the text.
            throw new SettingsException("the connections file is not valid YAML");
        }
        return List.copyOf(texts.found);
    }

    private void connections(Node connections) {
        if (connections instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                Node connection = list.getValue().get(i);
                String name = value(connection, "name")
                        .filter(ScalarNode.class::isInstance)
                        .map(node -> ((ScalarNode) node).getValue())
                        .orElse("");
                if (!name.isBlank()) {
                    inside(connection, name, "", "connections[" + i + "]");
                }
            }
        }
    }

    private void inside(Node node, String connection, String key, String where) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode name) {
                    String below = key.isEmpty() ? name.getValue() : key + "." + name.getValue();
                    inside(entry.getValueNode(), connection, below, where + "." + name.getValue());
                }
            }
        } else if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                inside(list.getValue().get(i), connection, key + "[" + i + "]", where + "[" + i + "]");
            }
        } else if (node instanceof ScalarNode scalar) {
            found.add(text(scalar, new SecretPlace(connection, key), where));
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
                if (entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
                    return Optional.of(entry.getValueNode());
                }
            }
        }
        return Optional.empty();
    }
}
