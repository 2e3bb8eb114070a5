from tools.check_lock import faults

_HASH = "    --hash=sha256:" + "0" * 64


def test_pinned_and_hashed_packages_are_accepted() -> None:
    text = f"click==8.5.1 \\\n{_HASH} \\\n{_HASH}\n"
    text += f"numpy==2.4.6 ; python_version < '3.12' \\\n{_HASH}\n"

    assert faults(text) == []


def test_address_in_a_lock_is_found() -> None:
    address = "https:" + "//example.org/simple"

    assert faults(f"--index-url {address}\n") == ["line 1: holds an address"]


def test_package_without_a_hash_is_found() -> None:
    assert faults(f"click==8.5.1 \\\nnumpy==2.4.6 \\\n{_HASH}\n") == ["line 1: no hash follows"]


def test_package_without_an_exact_version_is_found() -> None:
    assert faults(f"click>=8 \\\n{_HASH}\n") == ["line 1: neither a pinned package nor a hash"]
