package dev.pgai.cli;

/** Numbers in sentences. */
final class Count {

    private Count() {}

    static String of(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
