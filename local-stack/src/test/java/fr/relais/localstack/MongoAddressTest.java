package fr.relais.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MongoAddressTest {

    @ParameterizedTest
    @CsvSource({
        "mongodb://h:1, mongodb://h:1/relais",
        "mongodb://h:1/, mongodb://h:1/relais",
        "mongodb://h:1/?replicaSet=rs0, mongodb://h:1/relais?replicaSet=rs0",
        "mongodb://h:1/other?w=1, mongodb://h:1/relais?w=1",
        "'mongodb://a:1,b:2/?w=1', 'mongodb://a:1,b:2/relais?w=1'",
        "mongodb+srv://u:p@h/?tls=true, mongodb+srv://u:p@h/relais?tls=true",
    })
    void a_service_gets_its_own_database(String given, String expected) {
        assertThat(MongoAddress.parse(given).database("relais")).isEqualTo(expected);
    }

    @Test
    void credentials_stay_those_of_the_database_they_were_given_for() {
        assertThat(MongoAddress.parse("mongodb://u:p@h:1/accounts").database("relais"))
                .isEqualTo("mongodb://u:p@h:1/relais?authSource=accounts");
        assertThat(MongoAddress.parse("mongodb://u:p@h:1/x?authSource=admin").database("relais"))
                .isEqualTo("mongodb://u:p@h:1/relais?authSource=admin");
    }

    @Test
    void a_text_that_is_no_address_is_refused_without_being_repeated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MongoAddress.parse("user:secret@host"))
                .withMessageContaining("RELAIS_MONGODB_URI")
                .withMessageNotContaining("secret");
    }
}
