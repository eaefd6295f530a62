import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.List;

/**
 * mongo-java-server with two things MongoDB 5 has and it lacks, without which no present driver talks to it: the wire version of
 * MongoDB 5 and the command `hello`, which is its `isMaster` by a newer name. Prints its URI and serves until stopped.
 */
public class MongodbServer {
  record Version5() implements MongoVersion {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(5, 0, 0);
    }

    @Override
    public int getWireVersion() {
      return 13;
    }
  }

  static class Backend extends MemoryBackend {
    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
      return super.handleCommand(channel, database, command.equals("hello") ? "isMaster" : command, query);
    }
  }

  public static void main(String[] arguments) throws InterruptedException {
    MongoServer server = new MongoServer(new Backend().version(new Version5()));
    server.bind("127.0.0.1", 0);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    System.out.println(server.getConnectionString());
    Thread.currentThread().join();
  }
}
