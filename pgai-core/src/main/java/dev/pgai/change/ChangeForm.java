package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.java.JavaSource;
import dev.pgai.json.JsonObject;
import java.util.Map;

/**
 * Changes and JSON objects, for the modules of this library: {@link VectorizerChange} is what users see of it.
 *
 * @hidden
 */
@SuppressWarnings({"exports", "InvalidBlockTag"}) // the tag may stand on types, too
public final class ChangeForm {

    private ChangeForm() {}

    /**
     * Reads a change whose action is known from elsewhere, such as from the name of an element.
     *
     * @param action as the JSON form has it
     * @param json the other keys of the JSON form
     * @return the change
     * @throws InvalidArgumentException when a key is unknown, or a value is refused
     */
    public static VectorizerChange read(String action, JsonObject json) {
        return ChangeJson.read(action, json);
    }

    /**
     * What the JSON form calls what is done.
     *
     * @param change the change
     * @return for example {@code create}
     */
    public static String action(VectorizerChange change) {
        return JsonObject.of(change.toJson()).text(ChangeJson.ACTION);
    }

    /**
     * The values of the JSON form, without the action.
     *
     * @param change the change
     * @return texts, numbers, booleans, lists and maps by key
     */
    public static Map<String, Object> values(VectorizerChange change) {
        Map<String, Object> values = JsonObject.of(change.toJson()).toMap();
        values.remove(ChangeJson.ACTION);
        return values;
    }

    /**
     * The change as Java code.
     *
     * @param java the class that it is in
     * @param change the change
     * @return an expression on one line
     */
    public static String java(JavaSource java, VectorizerChange change) {
        return new ChangeJava(java).write(change);
    }
}
