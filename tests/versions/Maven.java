import java.io.*;
import org.apache.maven.artifact.versioning.*;

/** What Maven says of each line "A\tB", or with the word "ranges" of each "RANGE\tVERSION". */
public class Maven {
    static String order(String a, String b) {
        int r = new ComparableVersion(a).compareTo(new ComparableVersion(b));
        return r < 0 ? "<" : r > 0 ? ">" : "=";
    }

    static String within(String range, String version) {
        try {
            VersionRange r = VersionRange.createFromVersionSpec(range);
            if (r.getRecommendedVersion() != null)
                return order(range, version).equals("=") ? "in" : "out"; // a wish, to us that version
            return r.containsVersion(new DefaultArtifactVersion(version)) ? "in" : "out";
        } catch (InvalidVersionSpecificationException e) {
            return "E";
        }
    }

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out));
        for (String line; (line = in.readLine()) != null; ) {
            String[] two = line.split("\t", -1);
            out.println(args.length > 0 ? within(two[0], two[1]) : order(two[0], two[1]));
        }
        out.flush();
    }
}
