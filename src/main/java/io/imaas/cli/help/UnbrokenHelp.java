package io.imaas.cli.help;

import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Help whose lines end between words alone. picocli ends one after each hyphen, slash, colon and full stop, too, so that nobody can
 * copy a name or an address: until the lines are made, a letter of its own stands for each such character.
 */
final class UnbrokenHelp extends Help {
    /** Of Unicode's private area, where every character counts as a letter. */
    private static final int STANDS_FOR = 0xE000;

    UnbrokenHelp(CommandSpec command, ColorScheme colours) {
        super(command, colours);
    }

    @Override
    public IOptionRenderer createDefaultOptionRenderer() {
        IOptionRenderer renderer = super.createDefaultOptionRenderer();
        return (option, labels, colours) -> glued(renderer.render(option, labels, colours), colours);
    }

    @Override
    public IParameterRenderer createDefaultParameterRenderer() {
        IParameterRenderer renderer = super.createDefaultParameterRenderer();
        return (parameter, labels, colours) -> glued(renderer.render(parameter, labels, colours), colours);
    }

    /** The text is in the last column. */
    private static Text[][] glued(Text[][] rows, ColorScheme colours) {
        for (Text[] row : rows) {
            Text text = row[row.length - 1];
            if (text.toString().equals(text.plainString())) {
                row[row.length - 1] = colours.ansi().new Text(glued(text.plainString()), colours);
            }
        }
        return rows;
    }

    static String glued(String text) {
        StringBuilder glued = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80 && c > ' ' && !Character.isLetterOrDigit(c)) {
                glued.setCharAt(i, (char) (STANDS_FOR + c));
            }
        }
        return glued.toString();
    }

    /** Each character in its place again. */
    static String plain(String lines) {
        StringBuilder plain = new StringBuilder(lines);
        for (int i = 0; i < lines.length(); i++) {
            int c = lines.charAt(i) - STANDS_FOR;
            if (c > 0 && c < 0x80) {
                plain.setCharAt(i, (char) c);
            }
        }
        return plain.toString();
    }
}
