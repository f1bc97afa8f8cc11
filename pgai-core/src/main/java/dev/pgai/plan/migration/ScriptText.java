package dev.pgai.plan.migration;

import java.util.List;
import java.util.stream.Collectors;

/** Statements as a script of MyBatis Migrations. */
final class ScriptText {

    /**
     * MyBatis Migrations takes any message for a warning and fails, such as the notice when a column destination takes
     * over the column that a drop left. Until the end of the transaction.
     */
    private static final String QUIET = """
            select pg_catalog.set_config('client_min_messages', 'warning', true);
            select pg_catalog.set_config('pgai.quiet', 'on', true);
            """;

    /** What was set is still there when both statements are of one transaction. */
    private static final String IN_TRANSACTION = "do 'begin if not coalesce(pg_catalog.current_setting("
            + "''pgai.quiet'', true) operator(pg_catalog.=) ''on'', false) then raise no_active_sql_transaction using"
            + " message = ''the script needs a transaction: in autocommit it could be done in part, or be done and fail"
            + " for a notice'', hint = ''Set auto_commit=false.''; end if; end';\n";

    private ScriptText() {}

    /** Each statement is one line that ends with a semicolon, for the default delimiter. */
    static String of(List<String> statements) {
        return statements.stream()
                .map(statement -> statement + ";\n")
                .collect(Collectors.joining("", QUIET + IN_TRANSACTION, ""));
    }
}
