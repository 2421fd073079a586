#!/usr/bin/env python3
"""The rules of the house, checked on the sources: python3 tests/house/house_test.py [-v] [House.test_...]"""
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
ROOMS = ["sources", "pipeline", "reader", "cli", "python"]  # around the library, each may include those before it

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)


def stages():
    text = (ROOT / "cmake/stages.cmake").read_text()
    return re.search(r"set\(OFFPRINT_STAGES ([^)]*)\)", text)[1].split()


def generated_of():
    """Stage of each file of src/generated, by its name without extension: as src/CMakeLists.txt says."""
    text = (SRC / "CMakeLists.txt").read_text()
    return {
        pathlib.Path(file).stem: stage
        for stage, rest in re.findall(r"offprint_stage\((\w+)([^)]*)\)", text)
        for file in re.findall(r"generated/\S+\.cpp", rest)
    }


def sources(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in (".cpp", ".h", ".inc"))


def name_of(path):
    return str(path.relative_to(ROOT))


def code_of(path):
    """The text of a source without comments and the insides of literals; lines keep their numbers."""
    token = re.compile(
        r"""//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|(?<!\w)'(?:\\.|[^'\\\n])+'""",
        re.S)

    def blank(match):
        return '""' + "\n" * match[0].count("\n") if match[0][0] in "\"'R" else " " + "\n" * match[0].count("\n")

    lines = path.read_text(encoding="utf-8").split("\n")
    kept = ["" if INCLUDE.match(line) else line for line in lines]
    return token.sub(blank, "\n".join(kept))


def found(pattern, files):
    """file:line: what, for each place where the code of the files matches."""
    places = []
    for path in files:
        for number, line in enumerate(code_of(path).split("\n"), 1):
            if re.search(pattern, line):
                places.append(f"{name_of(path)}:{number}: {line.strip()}")
    return places


class House(unittest.TestCase):
    maxDiff = None

    def none(self, places, why):
        self.assertFalse(places, why + ":\n" + "\n".join(places))

    def test_every_folder_of_src_is_a_stage(self):
        folders = {p.name for p in SRC.iterdir() if p.is_dir()} - {"generated"}
        self.assertEqual(folders - set(stages()), set(), "not named in cmake/stages.cmake")
        unclaimed = {p.stem for p in (SRC / "generated").glob("*.cpp")} - set(generated_of())
        self.assertEqual(unclaimed, set(), "of src/generated, but of no stage in src/CMakeLists.txt")

    def test_stages_include_earlier_stages_only(self):
        order = {stage: i for i, stage in enumerate(stages())}
        belongs = generated_of()
        wrong = []
        for path in sources(SRC):
            folder = path.relative_to(SRC).parts[0]
            if folder == "extract.cpp":
                mine = len(order)
            else:
                mine = order[belongs.get(path.stem, stages()[-1]) if folder == "generated" else folder]
            for header in INCLUDE.findall(path.read_text(encoding="utf-8")):
                parts = header.split("/")
                if parts[0] == "offprint":
                    continue
                if len(parts) == 1:
                    wrong.append(f'{name_of(path)}: "{header}": includes are given from src/ on')
                    continue
                stage = belongs.get(pathlib.Path(header).stem) if parts[0] == "generated" else parts[0]
                if stage not in order:
                    wrong.append(f'{name_of(path)}: "{header}": of no stage')
                elif order[stage] > mine:
                    wrong.append(f'{name_of(path)}: "{header}": {stage} comes later')
        self.none(wrong, "a stage may include headers of itself and of the stages before it")

    def test_public_headers_include_public_headers_only(self):
        wrong = [
            f"{name_of(path)}: {header}"
            for path in sources(ROOT / "include")
            for header in INCLUDE.findall(path.read_text(encoding="utf-8"))
            if not header.startswith("offprint/")
        ]
        self.none(wrong, "include/offprint stands alone")

    def test_rooms_keep_to_their_side(self):
        wrong = []
        for i, room in enumerate(ROOMS):
            later = set(ROOMS[i + 1:]) | {"training", "tests", "bench", "fuzz"}
            for path in sources(ROOT / room):
                for header in INCLUDE.findall(path.read_text(encoding="utf-8")):
                    top = header.split("/")[0]
                    if top in later or (room == "sources" and top in stages()):
                        wrong.append(f"{name_of(path)}: {header}")
        self.none(wrong, "the rooms include those before them; sources knows no stage")

    def test_library_never_prints(self):
        files = sources(SRC) + sources(ROOT / "include")
        pattern = (r"\bstd::(cout|cerr|clog|print|println)\b|\b(printf|fprintf|vprintf|vfprintf|puts|fputs|putchar|perror)\s*\("
                   r"|\bfmt::print|#\s*include\s*<(iostream|print)>|\bstd(out|err)\b")
        self.none(found(pattern, files), "the library prints")

    def test_library_never_ends_the_program(self):
        files = sources(SRC) + sources(ROOT / "include")
        pattern = r"\b(abort|_?exit|quick_exit|terminate|raise|_Exit)\s*\(|__builtin_trap|\bthrow\b"
        self.none(found(pattern, files), "the library ends the program, or throws")

    def test_assertions_change_nothing(self):
        files = sources(SRC) + sources(ROOT / "include")
        pattern = r"\bassert\s*\(.*(\+\+|--|[^=!<>]=[^=])"
        self.none(found(pattern, files), "an assertion that does something")

    def test_library_leaves_no_other_way(self):
        files = sources(SRC) + sources(ROOT / "include")
        self.none(found(r"\b(setjmp|longjmp|alloca)\b", files), "jumps, or takes stack by measure")

    def test_headers_say_what_they_are(self):
        folders = [SRC, ROOT / "include"] + [ROOT / room for room in ROOMS]
        bare = [
            name_of(path)
            for folder in folders
            for path in sources(folder)
            if path.suffix == ".h" and not re.match(r"//+\s*\S+\s+\S+", path.read_text(encoding="utf-8"))
        ]
        self.none(bare, "a header begins with a comment that says what it is")

    def test_headers_are_guarded(self):
        folders = [SRC, ROOT / "include"] + [ROOT / room for room in ROOMS]
        bare = [name_of(p) for f in folders for p in sources(f) if p.suffix == ".h" and "#pragma once" not in p.read_text()]
        self.none(bare, "no #pragma once")

    def test_generated_files_name_their_command(self):
        bare = []
        for path in sources(SRC / "generated"):
            match = re.match(r"// Generated by ([\w./]+\.py)\b.*Do not edit\.", path.read_text(encoding="utf-8"))
            if not match or not (ROOT / match[1]).is_file():
                bare.append(name_of(path))
        self.none(bare, "begins with no '// Generated by COMMAND … Do not edit.'")

    def test_generated_tables_are_up_to_date(self):
        generators = [p for p in sorted((ROOT / "generate").glob("*.py")) if "--check" in p.read_text()]
        self.assertGreaterEqual(len(generators), 4)
        for generator in generators:
            with self.subTest(generator=generator.name):
                done = subprocess.run([sys.executable, str(generator), "--check"], cwd=ROOT, capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, f"run python3 {name_of(generator)}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    unittest.main()
