// Who spoke for an organisation in which role, and when.
import { Printed } from "../parts/printed";
import { span, type TenureShown } from "../parts/tenure";
import { Unknown } from "../parts/state";
import { number, plain } from "../parts/words";
import { Link } from "../route/link";

export function Holders({ tenures }: { tenures: readonly TenureShown[] }) {
  return (
    <div class="scrolls" tabIndex={0} role="region" aria-label="Who held which role">
      <table>
        <thead>
          <tr><th scope="col">Who</th><th scope="col">Role</th><th scope="col">When</th><th scope="col">Quotes</th></tr>
        </thead>
        <tbody>
          {tenures.map((tenure) => (
            <tr key={tenure.id}>
              <td>
                {tenure.speaker
                  ? (
                    <Link to={{ view: "speaker", id: tenure.speaker.id }}>
                      <Printed>{tenure.speaker.name}</Printed>
                    </Link>
                  )
                  : <Unknown>not named</Unknown>}
              </td>
              <td>{tenure.role ? <Printed>{tenure.role.title}</Printed> : plain(tenure.function)}</td>
              <td>{span(tenure)}</td>
              <td class="figure">{number(tenure.quoteCount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
