"""Certificates of a test cluster: a certificate authority, and certificates of the API server and its clients."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LIFE = timedelta(days=2)
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Authority:
    folder: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def issue(self, name: str, common_name: str, *, group: str = "", addresses: tuple[str, ...] = ()) -> None:
        """Issues a certificate and writes `<name>.crt` and `<name>.key`."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _certificate(_name(common_name, group), self.certificate.subject, key.public_key())
        usages = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
        if addresses:
            names = [_address(address) for address in addresses]
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        _write(self.folder, name, key, builder.sign(self.key, hashes.SHA256()))

    def kubeconfig(self, name: str, server: str) -> Path:
        """Writes the kubeconfig of the client with the certificate `name`, and returns its path."""
        file = self.folder / f"{name}.conf"
        certificates = {"client-certificate": f"{self.folder}/{name}.crt", "client-key": f"{self.folder}/{name}.key"}
        content = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "test",
            "clusters": [
                {"name": "test", "cluster": {"server": server, "certificate-authority": f"{self.folder}/ca.crt"}}
            ],
            "users": [{"name": "me", "user": certificates}],
            "contexts": [{"name": "test", "context": {"cluster": "test", "user": "me"}}],
        }
        file.write_text(json.dumps(content))
        return file


def new(folder: Path) -> Authority:
    """Creates an authority and the key pair for service account tokens, `accounts.key` and `accounts.pub`."""
    folder.mkdir(parents=True, mode=0o700)
    key, name = ec.generate_private_key(ec.SECP256R1()), _name("test")
    builder = _certificate(name, name, key.public_key())
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    certificate = builder.sign(key, hashes.SHA256())
    _write(folder, "ca", key, certificate)
    accounts = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    (folder / "accounts.key").write_bytes(_pem(accounts))
    public = accounts.public_key()
    pem, info = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    (folder / "accounts.pub").write_bytes(public.public_bytes(pem, info))
    return Authority(folder, key, certificate)


def known(folder: Path) -> Authority:
    """Loads the authority that `new` created in this folder."""
    key = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return Authority(folder, key, x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes()))


def _certificate(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now - timedelta(minutes=1)).not_valid_after(now + LIFE)


def _name(common_name: str, group: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
    if group:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, group))
    return x509.Name(parts)


def _address(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def _write(folder: Path, name: str, key: PrivateKey, certificate: x509.Certificate) -> None:
    (folder / f"{name}.key").write_bytes(_pem(key))
    (folder / f"{name}.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _pem(key: PrivateKey) -> bytes:
    pem, pkcs8, open_ = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(pem, pkcs8, open_)
