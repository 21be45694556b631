"""What was measured, beside what is allowed."""


class Report:
    def __init__(self, title):
        self.title = title
        self.rows = []
        self.faults = []
        self.fault_count = 0

    def row(self, name, value, bar="", passed=True):
        self.rows.append((name, value, bar, passed))

    def at_most(self, name, value, limit, unit=""):
        number = f"{value:.1f}" if isinstance(value, float) and value % 1 else f"{value:.0f}"
        self.row(name, number + unit, f"at most {limit:.0f}{unit}", value <= limit)

    def exactly(self, name, value, wanted):
        self.row(name, value, f"{wanted}", value == wanted)

    def nothing_left(self, before, after, records):
        """Compares what is open with what was."""
        self.exactly("provider requests left", records["answering"], 0)
        self.exactly("tasks left", int(after.active), 0)
        self.at_most("connections kept for later requests", after.connections, 1024)
        self.at_most("other descriptors", after.descriptors, before.descriptors)

    def fault(self, text):
        """Remembers something that may not be."""
        self.fault_count += 1
        if len(self.faults) < 20:
            self.faults.append(text)

    def finish(self):
        """Prints everything. Returns whether all bars are kept."""
        self.exactly("faults seen by clients", self.fault_count, 0)
        print(self.title)
        widths = [max(len(str(row[column])) for row in self.rows) for column in range(3)]
        for name, value, bar, passed in self.rows:
            line = f"  {name:<{widths[0]}}  {value:>{widths[1]}}  {bar:<{widths[2]}}"
            print((line if passed else line + "  MISSED").rstrip())
        for text in self.faults:
            print("  fault:", text)
        return all(passed for *_, passed in self.rows)
