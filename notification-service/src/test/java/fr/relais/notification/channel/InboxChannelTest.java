package fr.relais.notification.channel;

import fr.relais.notification.application.Channel;
import fr.relais.notification.domain.SecureNotice;
import java.util.ArrayList;
import java.util.List;

class InboxChannelTest extends ChannelContract<SecureNotice> {

    private final List<String> looked = new ArrayList<>();
    private boolean shown = true;
    private final InboxChannel channel = new InboxChannel(delivery -> {
        if (shown) {
            looked.add(delivery);
        }
        return shown;
    });

    @Override
    Channel<SecureNotice> channel() {
        return channel;
    }

    @Override
    List<String> arrived() {
        return looked;
    }

    @Override
    void otherEndBreaks() {
        shown = false;
    }
}
