"""Time of one training step of three GANs in PyTorch, for `npm run bench -- compute`.

usage: torch_gans.py MODEL THREADS STEPS, where MODEL is mlp, dcgan or ctgan; prints one line of JSON.
The networks, losses and the order of updates are those of bench/compute/*.ts.
"""

import json
import sys
import time

import torch
from memory import peak_mib
from torch import nn

BATCH = 64
LATENT = 100


def mlp():
    """The article's GAN: G 100-256-512-1024-784, D 784-512-256-1."""

    def stack(sizes, last):
        layers = []
        for inputs, outputs in zip(sizes, sizes[1:]):
            layers += [nn.Linear(inputs, outputs), nn.LeakyReLU(0.2)]
        return nn.Sequential(*layers[:-1], *last)

    generator = stack([LATENT, 256, 512, 1024, 784], [nn.Tanh()])
    return generator, stack([784, 512, 256, 1], []), (BATCH, 784)


def dcgan():
    """DCGAN-28: kernel 4, stride 2, 64 and 128 channels."""
    generator = nn.Sequential(
        nn.Linear(LATENT, 128 * 7 * 7, bias=False),
        nn.Unflatten(1, (128, 7, 7)),
        nn.BatchNorm2d(128),
        nn.ReLU(),
        nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False),
        nn.BatchNorm2d(64),
        nn.ReLU(),
        nn.ConvTranspose2d(64, 1, 4, 2, 1),
        nn.Tanh(),
    )
    critic = nn.Sequential(
        nn.Conv2d(1, 64, 4, 2, 1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(64, 128, 4, 2, 1, bias=False),
        nn.BatchNorm2d(128),
        nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(128 * 7 * 7, 1),
    )
    return generator, critic, (BATCH, 1, 28, 28)


def gan_step(model):
    """A function that makes one step of the original GAN (see bench/compute/gan-step.ts)."""
    generator, critic, shape = model()
    options = {"lr": 2e-4, "betas": (0.5, 0.999), "foreach": None}
    adam_g = torch.optim.Adam(generator.parameters(), **options)
    adam_d = torch.optim.Adam(critic.parameters(), **options)
    loss = nn.BCEWithLogitsLoss()
    ones, zeros = torch.ones(BATCH, 1), torch.zeros(BATCH, 1)
    real = torch.rand(shape) * 2 - 1

    def step():
        fake = generator(torch.randn(BATCH, LATENT))
        adam_d.zero_grad()
        halves = loss(critic(real), ones) + loss(critic(fake.detach()), zeros)
        (halves / 2).backward()
        adam_d.step()
        adam_g.zero_grad()
        loss(critic(fake), ones).backward()
        adam_g.step()

    return step


def ctgan():
    from torch_ctgan import ctgan_step

    return ctgan_step()


MODELS = {"mlp": lambda: gan_step(mlp), "dcgan": lambda: gan_step(dcgan), "ctgan": ctgan}


def main():
    model, threads, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    make_step = MODELS[model]()
    times = []
    for step in range(steps + 5):
        start = time.perf_counter()
        make_step()
        if step >= 5:
            times.append((time.perf_counter() - start) * 1000)
    print(json.dumps({"peer": f"PyTorch {torch.__version__}", "ms": times, "peakMiB": peak_mib()}))


main()
